package io.plumbline.app.http;

import io.plumbline.app.gate.GateReading;
import io.plumbline.app.gate.GateState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The part of a long list of symbols that a person looks at: searched, filtered, sorted and cut
 * here, so that ten thousand symbols cost a browser no more than a screenful.
 *
 * @param search a text in instrument, key or venue, lower case; "" for all
 * @param filter a gate state or a verdict; "" for all
 * @param from first row
 * @param count rows, at most {@link #MOST}
 */
record SymbolWindow(String search, String filter, Order order, int from, int count) {
    static final int MOST = 200;

    static final List<Parameter> PARAMETERS =
            List.of(
                    new Parameter("search", "A text in instrument, key or venue.", "btc"),
                    new Parameter("filter", "A state of the gate, or a verdict.", "CLOSED"),
                    new Parameter(
                            "sort",
                            "name, gate, deviation, lag, feedAge, redisAge or coverage.",
                            "name"),
                    new Parameter("from", "The first row.", "0"),
                    new Parameter("count", "Rows, at most 200.", "50"));

    /** By what the rows are sorted; the labels are an interface. */
    enum Order {
        NAME("name", Comparator.comparing(Row::name)),
        GATE("gate", Comparator.comparing(Row::state).reversed().thenComparing(Row::name)),
        DEVIATION("deviation", Comparator.comparing(Row::deviation).reversed()),
        LAG("lag", Comparator.comparingLong((Row row) -> row.symbol.lagNs()).reversed()),
        FEED_AGE("feedAge", Comparator.comparingLong((Row r) -> r.symbol.feedAgeNs()).reversed()),
        REDIS_AGE(
                "redisAge", Comparator.comparingLong((Row r) -> r.symbol.redisAgeNs()).reversed()),
        COVERAGE("coverage", Comparator.comparingDouble(Row::coverage));

        private final String label;
        private final Comparator<Row> comparator;

        Order(final String label, final Comparator<Row> comparator) {
            this.label = label;
            this.comparator = comparator;
        }
    }

    /** One symbol with its gate. */
    record Row(SymbolStatus symbol, GateState state) {
        String name() {
            return symbol.instrument() + ' ' + symbol.venue() + ' ' + symbol.key();
        }

        BigDecimal deviation() {
            return symbol.deviationBps().isEmpty()
                    ? BigDecimal.ONE.negate()
                    : new BigDecimal(symbol.deviationBps()).abs();
        }

        double coverage() {
            final Coverage coverage = symbol.coverage();
            final long judged = coverage.verified() + coverage.quiet() + coverage.closed();
            final long all = judged + coverage.unverifiable();
            return all == 0 ? 0 : (double) judged / all;
        }
    }

    /** Reads it from a request. */
    static SymbolWindow of(final Query query) throws BadParameter {
        return new SymbolWindow(
                query.text("search").toLowerCase(Locale.ROOT),
                query.text("filter"),
                order(query.text("sort")),
                query.number("from", 0, 0, 1_000_000),
                query.number("count", 50, 0, MOST));
    }

    private static Order order(final String label) throws BadParameter {
        for (final Order order : Order.values()) {
            if (order.label.equals(label) || label.isEmpty() && order == Order.GATE) {
                return order;
            }
        }
        throw new BadParameter(
                "sort is one of name, gate, deviation, lag, feedAge, redisAge, coverage");
    }

    /** The same search from the first row on. */
    SymbolWindow everything() {
        return new SymbolWindow(search, filter, order, 0, 0);
    }

    /** Every row that fits, in its order. */
    List<Row> sorted(final List<SymbolStatus> symbols, final List<GateReading> gates) {
        final Map<String, GateState> states = new HashMap<>();
        gates.forEach(reading -> states.put(reading.symbol(), reading.state()));
        final List<Row> rows = new ArrayList<>();
        for (final SymbolStatus symbol : symbols) {
            final Row row =
                    new Row(symbol, states.getOrDefault(symbol.instrument(), GateState.CLOSED));
            if (fits(row)) {
                rows.add(row);
            }
        }
        rows.sort(order.comparator);
        return rows;
    }

    /** Appends {@code total} and the rows of the window. */
    void append(final Json json, final List<Row> rows) {
        json.open().field("total", rows.size()).field("from", from).name("rows").openArray();
        for (int i = from; i < Math.min(rows.size(), from + count); i++) {
            SymbolJson.open(json, rows.get(i).symbol)
                    .field("gate", rows.get(i).state.name())
                    .close();
        }
        json.closeArray().close();
    }

    private boolean fits(final Row row) {
        return (filter.isEmpty()
                        || filter.equals(row.state.name())
                        || filter.equals(row.symbol.verdict()))
                && (search.isEmpty() || row.name().toLowerCase(Locale.ROOT).contains(search));
    }
}
