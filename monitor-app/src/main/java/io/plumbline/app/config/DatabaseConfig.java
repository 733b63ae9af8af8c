package io.plumbline.app.config;

import io.plumbline.market.Field;
import io.plumbline.market.probe.SymbolSpelling;
import java.time.Duration;
import java.util.List;

/**
 * A database whose symbols and prices are compared with those in Redis.
 *
 * @param name unique
 * @param url {@code jdbc:sqlite:} or {@code jdbc:postgresql:}, never with a password
 * @param user null without one
 * @param password {@link Secret#NONE} without one
 * @param every the time from one reading of a table to the next
 * @param tables at least one
 */
public record DatabaseConfig(
        String name, String url, String user, Secret password, Duration every, List<Table> tables) {
    public DatabaseConfig {
        tables = List.copyOf(tables);
    }

    /**
     * A table with a symbol and a price in each row.
     *
     * @param table its name, perhaps with the schema before a point
     * @param symbol the column of the symbol
     * @param price the column of the price
     * @param updated the column of the time of the last write; null without one
     * @param key the pattern of the key rule whose prices the rows must have; null with a venue
     * @param venue whose own prices they must have; null with a key
     * @param reference the field of those
     * @param spelling how symbols are to be written
     * @param maxAge how long ago a price may have been the current one
     * @param mostRows that are read at a time
     */
    public record Table(
            String table,
            String symbol,
            String price,
            String updated,
            String key,
            String venue,
            Field reference,
            SymbolSpelling spelling,
            KeyRule.Tolerance tolerance,
            Duration maxAge,
            int mostRows) {}
}
