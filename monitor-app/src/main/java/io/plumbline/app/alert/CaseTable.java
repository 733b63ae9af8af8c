package io.plumbline.app.alert;

import io.plumbline.app.desk.CaseHandling;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.app.desk.CaseState;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The open cases, one row each, so that a restart knows what it has already told. */
final class CaseTable {
    private static final String COLUMNS =
            "fingerprint, episode, detector, venue, instrument, key, kind, severity, kinds, state,"
                    + " since_ns, last_ns, count, text, finding, inhibited_by, told, told_severity,"
                    + " handling";

    private final Connection connection;

    CaseTable(final Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS cases (fingerprint TEXT PRIMARY KEY, episode TEXT"
                        + " NOT NULL, detector TEXT NOT NULL, venue TEXT NOT NULL, instrument TEXT"
                        + " NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT"
                        + " NULL, kinds TEXT NOT NULL, state TEXT NOT NULL, since_ns INTEGER NOT"
                        + " NULL, last_ns INTEGER NOT NULL, count INTEGER NOT NULL, text TEXT NOT"
                        + " NULL, finding TEXT NOT NULL, inhibited_by TEXT NOT NULL, told TEXT NOT"
                        + " NULL, told_severity TEXT)");
            addHandling(statement);
        }
    }

    /** Files of earlier versions have no such column. */
    private static void addHandling(final Statement statement) throws SQLException {
        try (ResultSet column = statement.executeQuery("PRAGMA table_info(cases)")) {
            while (column.next()) {
                if (column.getString("name").equals("handling")) {
                    return;
                }
            }
        }
        statement.execute("ALTER TABLE cases ADD COLUMN handling TEXT NOT NULL DEFAULT ''");
    }

    /**
     * Oldest first. A row with a word that this version does not know, because a newer one wrote
     * it, is left out and stays in the file: it is resolved by nobody here.
     */
    List<CaseRecord> all() throws SQLException {
        final List<CaseRecord> cases = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT " + COLUMNS + " FROM cases ORDER BY since_ns, rowid")) {
            while (row.next()) {
                final CaseRecord read = read(row);
                if (read != null) {
                    cases.add(read);
                }
            }
        }
        return cases;
    }

    private static CaseRecord read(final ResultSet row) throws SQLException {
        final FindingKind kind = word(FindingKind.class, row.getString(7));
        final Severity severity = word(Severity.class, row.getString(8));
        final CaseState state = word(CaseState.class, row.getString(10));
        final Told told = word(Told.class, row.getString(17));
        final String said = row.getString(18);
        final Severity toldSeverity = word(Severity.class, said);
        final boolean known = kind != null && severity != null && state != null && told != null;
        if (!known || (said != null && toldSeverity == null)) {
            return null;
        }
        final Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
        for (final String name : row.getString(9).split(",")) {
            final FindingKind one = word(FindingKind.class, name);
            if (one != null) {
                kinds.add(one);
            }
        }
        return new CaseRecord(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                kind,
                severity,
                kinds,
                state,
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                told,
                toldSeverity,
                KeptJson.read(row.getString(19), CaseHandling.class, CaseHandling.NONE));
    }

    private static <E extends Enum<E>> E word(final Class<E> of, final String name) {
        for (final E word : of.getEnumConstants()) {
            if (word.name().equals(name)) {
                return word;
            }
        }
        return null;
    }

    /** Writes open cases, deletes resolved ones, within the caller's transaction. */
    void put(final Collection<CaseRecord> changed) throws SQLException {
        try (PreparedStatement replace =
                        connection.prepareStatement(
                                "INSERT OR REPLACE INTO cases ("
                                        + COLUMNS
                                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                        + " ?, ?, ?, ?)");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM cases WHERE fingerprint = ?")) {
            for (final CaseRecord of : changed) {
                if (of.state() == CaseState.RESOLVED) {
                    delete.setString(1, of.fingerprint());
                    delete.executeUpdate();
                } else {
                    write(replace, of);
                }
            }
        }
    }

    private static void write(final PreparedStatement row, final CaseRecord of)
            throws SQLException {
        row.setString(1, of.fingerprint());
        row.setString(2, of.episode());
        row.setString(3, of.detector());
        row.setString(4, of.venue());
        row.setString(5, of.instrument());
        row.setString(6, of.key());
        row.setString(7, of.kind().name());
        row.setString(8, of.severity().name());
        row.setString(9, of.kinds().stream().map(Enum::name).collect(Collectors.joining(",")));
        row.setString(10, of.state().name());
        row.setLong(11, of.sinceNs());
        row.setLong(12, of.lastNs());
        row.setLong(13, of.count());
        row.setString(14, of.text());
        row.setString(15, of.finding());
        row.setString(16, of.inhibitedBy());
        row.setString(17, of.told().name());
        row.setString(18, of.toldSeverity() == null ? null : of.toldSeverity().name());
        row.setString(19, KeptJson.text(of.handling()));
        row.executeUpdate();
    }
}
