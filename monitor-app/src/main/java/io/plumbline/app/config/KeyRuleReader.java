package io.plumbline.app.config;

import io.plumbline.market.Channel;
import io.plumbline.market.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One rule about a family of keys, checked against the venues that are configured. */
final class KeyRuleReader {
    private static final Duration DEFAULT_BUDGET = Duration.ofMillis(250);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private static final Expected ANY_TTL = new Expected(true, Duration.ZERO);

    private final Map<String, VenueConfig> venues = new LinkedHashMap<>();

    /** Whether a TTL is expected, and if it is said, how long: zero for any. */
    private record Expected(boolean any, Duration length) {}

    /**
     * @param venues the configured venues
     */
    KeyRuleReader(final List<VenueConfig> venues) {
        venues.forEach(venue -> this.venues.putIfAbsent(venue.name(), venue));
        this.venues.remove("");
    }

    /** The rule, or null when its venue is not known and nothing can be said of it. */
    KeyRule read(final YamlMap at) {
        final VenueConfig venue =
                at.required(
                        "venue", "binance-usdm", null, Values.choice("configured venue", venues));
        final String pattern =
                at.required("pattern", "\"pms:price:{symbol}\"", "", KeyRuleReader::pattern);
        final List<String> symbols = symbols(at, venue);
        final Field reference =
                at.value(
                        "reference",
                        Field.LAST,
                        Values.choice("reference", List.of(Field.values()), Field::label));
        final KeyFormat format = at.value("format", KeyFormat.parse("plain"), KeyFormat::parse);
        final Duration budget = at.value("lagBudget", DEFAULT_BUDGET, Values.duration("1ms", "1h"));
        final Duration closeLag =
                at.value("closeLag", budget.dividedBy(2), Values.duration("0s", "1h"));
        if (closeLag.compareTo(budget) > 0) {
            at.problem("closeLag", "longer than lagBudget; lower it");
        }
        final KeyRule.Tolerance tolerance = tolerance(at.map("tolerance"));
        final KeyRule.Ttl ttl = ttl(at.map("ttl"));
        final String writer = at.value("writer", "default", Values::text);
        if (venue == null || pattern.isEmpty()) {
            return null;
        }
        final boolean whole = !at.given("symbols");
        final boolean open = whole && !venue.universe().isNamed();
        if ((symbols.size() > 1 || open) && !pattern.contains(KeyRule.SYMBOL)) {
            at.problem(
                    "pattern",
                    "gives one key for "
                            + (open ? "all" : symbols.size())
                            + " symbols; put {symbol} into it or name one symbol in `symbols`");
            return null;
        }
        checkReference(at, venue, reference);
        return new KeyRule(
                pattern,
                venue.name(),
                symbols,
                whole,
                reference,
                format,
                budget,
                closeLag,
                tolerance,
                ttl,
                writer);
    }

    /** Braces may also be a cluster's hash tag; only what looks like a misspelt name is refused. */
    private static String pattern(final String text) {
        final Matcher placeholder = PLACEHOLDER.matcher(Values.text(text));
        while (placeholder.find()) {
            if (!placeholder.group().equals(KeyRule.SYMBOL)
                    && (!text.contains(KeyRule.SYMBOL)
                            || Nearest.of(placeholder.group(), List.of(KeyRule.SYMBOL)) != null)) {
                throw new BadValue("has an unknown placeholder; did you mean \"{symbol}\"?");
            }
        }
        return text;
    }

    private static List<String> symbols(final YamlMap at, final VenueConfig venue) {
        final List<String> watched = venue == null ? List.of() : venue.symbols();
        if (!at.given("symbols")) {
            return watched;
        }
        final Map<String, String> known = new LinkedHashMap<>();
        watched.forEach(symbol -> known.put(symbol, symbol));
        final Set<String> symbols = new LinkedHashSet<>();
        for (final YamlValue item : at.list("symbols")) {
            final String symbol =
                    venue == null || mayBeConcluded(item, venue)
                            ? item.read("", Values::text)
                            : item.read(
                                    "", Values.choice("watched symbol of " + venue.name(), known));
            if (!symbol.isEmpty() && !symbols.add(symbol)) {
                item.problem("\"" + symbol + "\" is given twice; remove one");
            }
        }
        if (at.isEmptyList("symbols")) {
            at.problem("symbols", "no symbol; remove the key for all of the venue's");
        }
        return List.copyOf(symbols);
    }

    /** Whether the venue's universe may come to have this symbol. */
    private static boolean mayBeConcluded(final YamlValue item, final VenueConfig venue) {
        final Universe universe = venue.universe();
        return !universe.isNamed()
                && (universe.redis() || universe.includes(item.read("", Values::text)));
    }

    /** A reference whose channel is not subscribed could never be verified. */
    private static void checkReference(
            final YamlMap at, final VenueConfig venue, final Field reference) {
        final List<Channel> carriers =
                switch (reference) {
                    case LAST -> List.of(Channel.AGG_TRADE, Channel.TRADE, Channel.TICKER);
                    case BID, ASK, MID -> List.of(Channel.BOOK_TICKER, Channel.TICKER);
                    case MARK, INDEX -> List.of(Channel.MARK_PRICE, Channel.TICKER);
                };
        if (venue.channels().contains(Channel.NONE)
                || carriers.stream().anyMatch(venue.channels()::contains)) {
            return;
        }
        at.problem(
                "reference",
                "\""
                        + reference.label()
                        + "\" does not come on the channels of "
                        + venue.name()
                        + "; add "
                        + carriers.get(0).label()
                        + " to them");
    }

    private static KeyRule.Tolerance tolerance(final YamlMap at) {
        final KeyRule.Tolerance tolerance =
                new KeyRule.Tolerance(
                        at.value("ticks", 0, Values.integer(0, 1_000_000)),
                        at.value("bps", BigDecimal.ZERO, Values::decimal));
        at.done();
        return tolerance;
    }

    private static KeyRule.Ttl ttl(final YamlMap at) {
        final Expected expected = at.value("expected", ANY_TTL, KeyRuleReader::expected);
        final Duration shortest =
                at.value(
                        "shortest",
                        KeyRule.Ttl.shortest(expected.length()),
                        Values.duration("0s", "365d"));
        if (!expected.any() && !shortest.isZero()) {
            at.problem("shortest", "has no meaning without a TTL; set `expected: true`");
        }
        if (!expected.length().isZero() && shortest.compareTo(expected.length()) > 0) {
            at.problem("shortest", "longer than what is expected; lower it");
        }
        at.done();
        return new KeyRule.Ttl(expected.any(), expected.length(), shortest);
    }

    private static Expected expected(final String text) {
        if (text.equals("true") || text.equals("false")) {
            return new Expected(text.equals("true"), Duration.ZERO);
        }
        try {
            return new Expected(true, Values.duration("10ms", "365d").read(text));
        } catch (final BadValue e) {
            throw new BadValue(
                    "is no expectation of a TTL; write true, false or how long, for example 30s");
        }
    }
}
