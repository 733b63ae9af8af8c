package io.plumbline.app.database;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import io.plumbline.market.probe.ReadingWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Reads the symbols and prices of one table, at most so many rows. A price goes on as the exact
 * text of what is stored; a float as the shortest decimal that reads back as it. Probe thread.
 */
public final class TableProbe implements Probe<Connection> {
    private static final int TIMEOUT_S = 3;
    private static final int FETCH_ROWS = 500;
    private static final int EXACT = 0;
    private static final int FLOAT64 = 1;
    private static final int FLOAT32 = 2;
    private static final int TEXT = 3;

    private final String table;
    private final String query;
    private final boolean dated;
    private final int mostRows;
    private final long everyNs;
    private long sweep;

    /**
     * @param table names of plain letters and digits, as the configuration has checked
     * @param updated the column of the last write's time; null without one
     */
    public TableProbe(
            final String table,
            final String symbol,
            final String price,
            final String updated,
            final int mostRows,
            final long everyNs) {
        this.table = table;
        this.mostRows = mostRows;
        this.everyNs = everyNs;
        dated = updated != null;
        query =
                "SELECT "
                        + quoted(symbol)
                        + ", "
                        + quoted(price)
                        + (dated ? ", " + quoted(updated) : "")
                        + " FROM "
                        + quoted(table)
                        + " LIMIT "
                        + (mostRows + 1L);
    }

    private static String quoted(final String name) {
        return '"' + name.replace(".", "\".\"") + '"';
    }

    @Override
    public String name() {
        return "table " + table;
    }

    @Override
    public long everyNs() {
        return everyNs;
    }

    @Override
    public void run(final Connection database, final ProbeReport report) throws SQLException {
        sweep++;
        try (Statement statement = database.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_S);
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery(query)) {
                final ResultSetMetaData columns = rows.getMetaData();
                final String type = columns.getColumnTypeName(2).toLowerCase(Locale.ROOT);
                final long scale =
                        type.equals("numeric") && columns.getPrecision(2) > 0
                                ? columns.getScale(2)
                                : Reading.NONE;
                long read = 0;
                while (read < mostRows && rows.next()) {
                    row(rows, type, scale, report);
                    read++;
                }
                final boolean cut = read == mostRows && rows.next();
                report.reading(ProbeKind.DATABASE_TABLE, table)
                        .with(Measure.ROWS, read)
                        .with(Measure.SWEEP, sweep)
                        .with(Measure.ROWS_CUT, cut ? 1 : 0)
                        .text(declared(type, scale, columns));
                report.tell();
            }
        }
    }

    private static String declared(
            final String type, final long scale, final ResultSetMetaData columns)
            throws SQLException {
        return scale == Reading.NONE
                ? type
                : type + "(" + columns.getPrecision(2) + "," + scale + ")";
    }

    private void row(
            final ResultSet rows, final String type, final long scale, final ProbeReport report)
            throws SQLException {
        final String symbol = rows.getString(1);
        final Object price = rows.getObject(2);
        final ReadingWriter reading =
                report.reading(ProbeKind.DATABASE_ROW, table, symbol == null ? "" : symbol)
                        .with(Measure.SWEEP, sweep)
                        .with(Measure.SCALE, scale)
                        .with(Measure.STORED, stored(price, type))
                        .text(text(price));
        if (dated) {
            reading.with(Measure.UPDATED_NS, StoredTime.epochNs(rows, 3));
        }
        report.tell();
    }

    private static int stored(final Object price, final String type) {
        if (price instanceof String) {
            return TEXT;
        }
        if (price instanceof Float || type.equals("float4")) {
            return FLOAT32;
        }
        return price instanceof Double ? FLOAT64 : EXACT;
    }

    private static String text(final Object price) {
        if (price == null) {
            return "null";
        }
        return price instanceof BigDecimal number ? number.toPlainString() : price.toString();
    }
}
