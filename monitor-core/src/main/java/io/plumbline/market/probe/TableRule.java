package io.plumbline.market.probe;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import java.util.List;

/**
 * What a table of a database is declared to carry.
 *
 * @param source the probes that read it
 * @param table its name, the target of its readings
 * @param subject how findings name it
 * @param spelling how its symbols are to be written
 * @param rows one a symbol
 * @param toleranceTicks ticks of deviation that are accepted
 * @param toleranceBps basis points that are; not given for none
 * @param maxAgeNs how long ago a price may have been the current one, ns
 */
public record TableRule(
        int source,
        String table,
        String subject,
        SymbolSpelling spelling,
        List<Row> rows,
        int toleranceTicks,
        Decimal toleranceBps,
        long maxAgeNs) {
    public TableRule {
        rows = List.copyOf(rows);
    }

    /**
     * @param symbol in ccxt form
     * @param venueSymbol as the venue writes it
     * @param key the watched key whose price the row must have, -1 for the venue's own
     */
    public record Row(String symbol, String venueSymbol, int key, int instrument, Field field) {}
}
