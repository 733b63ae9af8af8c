package io.plumbline.app.config;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * What a family of Redis keys is declared to carry: one key for each symbol.
 *
 * @param pattern the key's name, {@code {symbol}} standing for the ccxt symbol
 * @param venue name of a configured venue
 * @param symbols the venue's symbols that have such a key
 * @param whole whether these are all of the venue's
 * @param reference the field of the venue's stream that the key must equal
 * @param lagBudget how late a value may be before it is a finding
 * @param closeLag below this a late key counts as on time again, at most the budget
 * @param writer name of the process that fills the keys, for findings about a whole writer
 */
public record KeyRule(
        String pattern,
        String venue,
        List<String> symbols,
        boolean whole,
        Field reference,
        KeyFormat format,
        Duration lagBudget,
        Duration closeLag,
        Tolerance tolerance,
        Ttl ttl,
        String writer) {

    /** What stands for the ccxt symbol in a pattern. */
    public static final String SYMBOL = "{symbol}";

    public KeyRule {
        symbols = List.copyOf(symbols);
    }

    /** Whether the keys that stand in Redis tell the symbols: one place for them, and no list. */
    public boolean tellsSymbols() {
        return whole
                && pattern.contains(SYMBOL)
                && pattern.indexOf(SYMBOL) == pattern.lastIndexOf(SYMBOL);
    }

    /** The same for these symbols. */
    public KeyRule of(final List<String> others, final boolean all) {
        return new KeyRule(
                pattern, venue, others, all, reference, format, lagBudget, closeLag, tolerance, ttl,
                writer);
    }

    /** The key of {@code symbol} (ccxt form). */
    public String key(final String symbol) {
        return pattern.replace(SYMBOL, symbol);
    }

    /**
     * How far a value may be from the reference; the wider of the two counts.
     *
     * @param ticks 0 for none
     * @param bps basis points without trailing zeros, 0 for none
     */
    public record Tolerance(int ticks, BigDecimal bps) {
        /** The basis points for the engine: not given for none. */
        public Decimal bpsDecimal() {
            return bps.signum() == 0 ? new Decimal() : Decimal.of(bps.toString());
        }
    }

    /**
     * The rule for the key's time to live.
     *
     * @param expected whether one must be set
     * @param length how long a fresh write is meant to live; zero where that is not said
     * @param shortest the shortest remaining life of a fresh write; zero for no such rule
     */
    public record Ttl(boolean expected, Duration length, Duration shortest) {
        /**
         * What a fresh write must leave of a length at least: it is read a moment after it was
         * written, and some writers renew it only now and then.
         */
        static Duration shortest(final Duration length) {
            return length.multipliedBy(9).dividedBy(10);
        }
    }
}
