package io.plumbline.app.http;

import io.plumbline.market.Freshness;
import io.plumbline.market.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prices in Redis under the names of the production guide: {@code /api/debug/market-data}.
 *
 * @param symbols every watched key
 * @param ages how old each is, in the same order
 * @param verdicts how many have each
 */
record MarketReading(
        List<SymbolStatus> symbols, List<Age> ages, Map<Verdict, Integer> verdicts, long freshNs) {
    /** How old the price in Redis is. */
    enum Age {
        /** Written lately, or still what a venue says that is heard. */
        FRESH,
        /** Neither; or the market has moved on. */
        STALE,
        /** There is none. */
        MISSING
    }

    /** More names are not told: {@code symbol_analysis} has them all. */
    private static final int MOST_NAMES = 1_000;

    static final Shape FRESHNESS =
            Shape.object()
                    .number(
                            "freshness_rate",
                            "Percent of the watched keys that are fresh: written within"
                                    + " fresh_within_seconds, or equal to the present price of a"
                                    + " venue that is heard.")
                    .orNull()
                    .whole("total_symbols", "Watched keys.")
                    .whole("fresh_symbols", "")
                    .whole(
                            "stale_symbols",
                            "There, old, and the venue's price is not known to"
                                    + " be the same; or late, or frozen.")
                    .whole("missing_symbols", "No price stands under the key.")
                    .texts("stale_data_symbols", "The first thousand of their keys.")
                    .texts("missing_data_symbols", "The first thousand of their keys.")
                    .number("fresh_within_seconds", "");

    private static final Shape CONSISTENCY =
            Shape.object()
                    .number("consistency_rate", "Percent of those compared that are in sync.")
                    .orNull()
                    .whole("compared", "Keys that can be judged now.")
                    .counts("verdicts", "Keys by verdict.");

    private static final Shape PATTERN =
            Shape.object()
                    .text("pattern", "{symbol} stands for the ccxt symbol.")
                    .whole("keys", "Watched ones of this pattern.")
                    .whole("present", "Of those.");

    private static final Shape SYMBOL =
            Shape.object()
                    .text("symbol", "In ccxt form.")
                    .text("venue", "")
                    .text("key", "")
                    .text("status", "fresh, stale or missing.")
                    .text("redis_price", "A decimal.")
                    .orNull()
                    .text("reference_price", "The venue's, a decimal.")
                    .orNull()
                    .text("deviation_bps", "A decimal.")
                    .orNull()
                    .text("verdict", "As in /api/symbols.")
                    .number("age_seconds", "Since Redis showed a write.")
                    .orNull()
                    .number("reference_age_seconds", "Since the venue sent something for it.")
                    .orNull()
                    .text("reference_freshness", "UNSEEN, FRESH, QUIET or STALE.")
                    .number("lag_ms", "How late; 0 when it is not.");

    static final Shape SHAPE =
            Shape.object()
                    .object("data_freshness", "", FRESHNESS)
                    .object("price_consistency", "", CONSISTENCY)
                    .list("redis_key_patterns", "", PATTERN)
                    .list("symbol_analysis", "", SYMBOL);

    static MarketReading of(final List<SymbolStatus> symbols, final long freshNs) {
        final List<Age> ages = new ArrayList<>(symbols.size());
        final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (final SymbolStatus symbol : symbols) {
            ages.add(age(symbol, freshNs));
            verdicts.merge(Verdict.valueOf(symbol.verdict()), 1, Integer::sum);
        }
        return new MarketReading(symbols, ages, verdicts, freshNs);
    }

    private static Age age(final SymbolStatus symbol, final long freshNs) {
        final Verdict verdict = Verdict.valueOf(symbol.verdict());
        if (verdict == Verdict.UNSEEN
                || verdict == Verdict.ABSENT
                || symbol.redisPrice().isEmpty()) {
            return Age.MISSING;
        }
        if (verdict == Verdict.FROZEN || verdict == Verdict.LATE) {
            return Age.STALE;
        }
        final boolean heard =
                symbol.freshness() == Freshness.State.QUIET || within(symbol.feedAgeNs(), freshNs);
        return within(symbol.redisAgeNs(), freshNs)
                        || verdict == Verdict.IN_SYNC && symbol.seen() && heard
                ? Age.FRESH
                : Age.STALE;
    }

    private static boolean within(final long ageNs, final long freshNs) {
        return ageNs >= 0 && ageNs <= freshNs;
    }

    long count(final Age age) {
        return ages.stream().filter(each -> each == age).count();
    }

    BigDecimal freshnessRate() {
        return Scale.percent(count(Age.FRESH), symbols.size());
    }

    private int verdicts(final Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    /** Keys whose price can be judged now. */
    int compared() {
        return verdicts(Verdict.IN_SYNC)
                + verdicts(Verdict.SUSPECT)
                + verdicts(Verdict.LATE)
                + verdicts(Verdict.WRONG)
                + verdicts(Verdict.FROZEN);
    }

    /** Of those, the ones that are as they should be, or not yet known to be otherwise. */
    int consistent() {
        return verdicts(Verdict.IN_SYNC) + verdicts(Verdict.SUSPECT);
    }

    BigDecimal consistencyRate() {
        return Scale.percent(consistent(), compared());
    }

    /** Appends all but the single symbols to an object that is open. */
    void append(final Json json) {
        json.name("data_freshness")
                .open()
                .field("freshness_rate", freshnessRate())
                .field("total_symbols", symbols.size())
                .field("fresh_symbols", count(Age.FRESH))
                .field("stale_symbols", count(Age.STALE))
                .field("missing_symbols", count(Age.MISSING))
                .strings("stale_data_symbols", keys(Age.STALE))
                .strings("missing_data_symbols", keys(Age.MISSING))
                .field("fresh_within_seconds", Scale.seconds(freshNs))
                .close();
        json.name("price_consistency")
                .open()
                .field("consistency_rate", consistencyRate())
                .field("compared", compared())
                .name("verdicts")
                .open();
        verdicts.forEach((verdict, count) -> json.field(verdict.name(), count));
        json.close().close();
        patterns(json);
    }

    private List<String> keys(final Age age) {
        final List<String> keys = new ArrayList<>();
        for (int i = 0; i < symbols.size() && keys.size() < MOST_NAMES; i++) {
            if (ages.get(i) == age) {
                keys.add(symbols.get(i).key());
            }
        }
        return keys;
    }

    private void patterns(final Json json) {
        final Map<String, int[]> counts = new LinkedHashMap<>();
        for (int i = 0; i < symbols.size(); i++) {
            final SymbolStatus symbol = symbols.get(i);
            final int[] count =
                    counts.computeIfAbsent(
                            symbol.key().replace(symbol.instrument(), "{symbol}"),
                            pattern -> new int[2]);
            count[0]++;
            count[1] += ages.get(i) == Age.MISSING ? 0 : 1;
        }
        json.name("redis_key_patterns").openArray();
        counts.forEach(
                (pattern, count) ->
                        json.open()
                                .field("pattern", pattern)
                                .field("keys", count[0])
                                .field("present", count[1])
                                .close());
        json.closeArray();
    }

    /** Appends one symbol as an element of a list that is open. */
    void symbol(final Json json, final int i) {
        final SymbolStatus symbol = symbols.get(i);
        json.open()
                .field("symbol", symbol.instrument())
                .field("venue", symbol.venue())
                .field("key", symbol.key())
                .field("status", ages.get(i).name().toLowerCase(java.util.Locale.ROOT))
                .fieldOrNull("redis_price", symbol.redisPrice())
                .fieldOrNull("reference_price", symbol.referencePrice())
                .fieldOrNull("deviation_bps", symbol.deviationBps())
                .field("verdict", symbol.verdict())
                .field("age_seconds", Scale.seconds(symbol.redisAgeNs()))
                .field("reference_age_seconds", Scale.seconds(symbol.feedAgeNs()))
                .field("reference_freshness", symbol.freshness().name())
                .field("lag_ms", Scale.millis(symbol.lagNs()))
                .close();
    }
}
