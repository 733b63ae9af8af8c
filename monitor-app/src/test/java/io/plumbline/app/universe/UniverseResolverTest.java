package io.plumbline.app.universe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.KnownVenue;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.VenueConfig;
import io.plumbline.app.watch.Watch;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What patterns and Redis keys come to, with venues and servers that say what a test wants. */
class UniverseResolverTest implements Outside {
    private static final String SPOT = "binance-spot";
    private static final String USDM = "binance-usdm";
    private static final String KEYS =
            """
            redis:
              - keys:
                - {pattern: "px:{symbol}", venue: binance-usdm}
                - {pattern: "mark:{symbol}", venue: binance-usdm, reference: bid}
            """;

    /** What each venue lists; one that is not in it does not answer. */
    private final Map<String, List<Venue.Reference>> lists = new HashMap<>();

    /** Symbols by pattern; a pattern that is not in it does not answer. */
    private final Map<String, Set<String>> keys = new HashMap<>();

    private final UniverseResolver resolver = new UniverseResolver(this);

    @Override
    public List<Venue.Reference> instruments(final Venue of, final VenueConfig venue)
            throws IOException {
        if (!lists.containsKey(venue.name())) {
            throw new IOException("HTTP 503");
        }
        return lists.get(venue.name());
    }

    @Override
    public Set<String> symbols(final RedisConfig server, final String pattern, final int most)
            throws IOException {
        if (!keys.containsKey(pattern)) {
            throw new IOException("connection refused");
        }
        return keys.get(pattern);
    }

    private void lists(final String venue, final String... venueSymbols) {
        lists.put(
                venue,
                Stream.of(venueSymbols).map(name -> new Venue.Reference(name, "0.1")).toList());
    }

    private static Config config(final String yaml) {
        try {
            return new ConfigLoader(
                            Venues.all().stream().map(KnownVenue::of).toList(),
                            variable -> null,
                            warning -> {})
                    .parse("test", yaml);
        } catch (final ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private static String usdm(final String symbols) {
        return "venues: [{name: binance-usdm, symbols: " + symbols + "}]\n";
    }

    private static List<String> symbols(final Conclusion conclusion) {
        return conclusion.config().venues().get(0).symbols();
    }

    /** Whatever was concluded stands in a journal, and is watched again as it was. */
    private static void loadsAgain(final Conclusion conclusion) {
        final String yaml = conclusion.config().toYaml();
        final Config again = config(yaml);
        assertEquals(conclusion.config().venues(), again.venues(), yaml);
        assertEquals(conclusion.config().redis(), again.redis(), yaml);
        new Watch(again);
    }

    @Test
    void patterns() {
        lists(USDM, "ETHUSDT", "BTCUSDT", "DOGEUSDT", "BTCUSDC", "1000PEPEUSDT", "BTCUSDT_261225");
        final Conclusion conclusion =
                resolver.conclude(
                        config(usdm("[BTC/USDC:USDC, \"*/USDT:USDT\", \"!DOGE/*\"]") + KEYS));
        final List<String> expected =
                List.of("BTC/USDC:USDC", "1000PEPE/USDT:USDT", "BTC/USDT:USDT", "ETH/USDT:USDT");
        assertEquals(expected, symbols(conclusion));
        assertEquals(
                List.of(expected, expected),
                conclusion.config().redis().get(0).keys().stream().map(KeyRule::symbols).toList());
        assertTrue(conclusion.isWhole());
        assertEquals("", conclusion.missing());
        assertEquals(List.of(), conclusion.unknown());
        loadsAgain(conclusion);
    }

    @Test
    void shouldWatchWhatIsNamedWhereTheVenueDoesNotAnswer() {
        final Conclusion conclusion =
                resolver.conclude(config(usdm("[BTC/USDT:USDT, \"*/USDC:USDC\"]") + KEYS));
        assertEquals(List.of("BTC/USDT:USDT"), symbols(conclusion));
        assertFalse(conclusion.isWhole());
        assertEquals(
                "binance-usdm: */USDC:USDC cannot be told yet, HTTP 503", conclusion.missing());
        loadsAgain(conclusion);
    }

    @Test
    void shouldWatchNothingRatherThanStop() {
        final Conclusion conclusion =
                resolver.conclude(
                        config(
                                usdm("[\"*/USDC:USDC\"]")
                                        + KEYS
                                        + "    - {pattern: \"b:{symbol}\", venue: binance-usdm,"
                                        + " symbols: [BTC/USDC:USDC]}\n"));
        assertEquals(List.of(), symbols(conclusion));
        assertEquals(2, conclusion.config().redis().get(0).keys().size());
        loadsAgain(conclusion);
    }

    @Test
    void shouldNameTheNearestOfAPatternThatMatchesNothing() {
        lists(USDM, "BTCUSDT", "ETHUSDT");
        final Conclusion conclusion =
                resolver.conclude(config(usdm("[\"*/USDX:USDX\", \"ETH/*\"]")));
        assertEquals(List.of("ETH/USDT:USDT"), symbols(conclusion));
        assertEquals(
                List.of(
                        "*/USDX:USDX matches nothing that binance-usdm lists; nearest:"
                                + " BTC/USDT:USDT, ETH/USDT:USDT"),
                conclusion.unknown());
    }

    @Test
    void symbolsThatHaveAKey() {
        lists(USDM, "BTCUSDT", "ETHUSDT", "DOGEUSDT", "SOLUSDT");
        keys.put(
                "px:{symbol}",
                new TreeSet<>(
                        Set.of("ETH/USDT:USDT", "BTC/USDT", "ETH/USDTT:USDTT", "DOGE/USDT:USDT")));
        keys.put("mark:{symbol}", Set.of("BTC/USDT:USDT"));
        final Conclusion conclusion =
                resolver.conclude(config(usdm("[redis, SOL/USDT:USDT, \"!DOGE/*\"]") + KEYS));
        final List<String> expected = List.of("SOL/USDT:USDT", "BTC/USDT:USDT", "ETH/USDT:USDT");
        assertEquals(expected, symbols(conclusion));
        assertEquals(expected, conclusion.config().redis().get(0).keys().get(1).symbols());
        assertEquals(
                List.of(
                        "ETH/USDTT:USDTT has a key and is not listed by binance-usdm; nearest:"
                                + " ETH/USDT:USDT, BTC/USDT:USDT, SOL/USDT:USDT"),
                conclusion.unknown());
        assertTrue(conclusion.isWhole());
        loadsAgain(conclusion);
    }

    @Test
    void symbolsThatHaveAKeyNeedNoList() {
        keys.put("px:{symbol}", Set.of("ETH/USDT:USDT"));
        keys.put("mark:{symbol}", Set.of());
        final Conclusion conclusion = resolver.conclude(config(usdm("redis") + KEYS));
        assertEquals(List.of("ETH/USDT:USDT"), symbols(conclusion));
        assertTrue(conclusion.isWhole());
    }

    @Test
    void shouldTellOfRedisThatDoesNotAnswerAndOfOneWithoutKeys() {
        keys.put("px:{symbol}", Set.of("ETH/USDT:USDT"));
        final Conclusion refused = resolver.conclude(config(usdm("redis") + KEYS));
        assertEquals(List.of("ETH/USDT:USDT"), symbols(refused));
        assertEquals(
                "binance-usdm: which symbols have a key cannot be told yet, Redis main: connection"
                        + " refused",
                refused.missing());
        keys.put("px:{symbol}", Set.of());
        keys.put("mark:{symbol}", Set.of("BTC/USDT"));
        final Conclusion empty = resolver.conclude(config(usdm("redis") + KEYS));
        assertEquals("binance-usdm: no symbol of it has a key in Redis yet", empty.missing());
        assertFalse(empty.isWhole());
        loadsAgain(empty);
    }

    @Test
    void shouldWatchNoMoreThanTheBound() {
        lists(
                USDM,
                IntStream.range(0, 50)
                        .mapToObj(i -> "C" + (10 + i) + "USDT")
                        .toArray(String[]::new));
        final Conclusion conclusion =
                resolver.conclude(config(usdm("[BTC/USDT:USDT, \"*\"], mostSymbols: 3")));
        assertEquals(
                List.of("BTC/USDT:USDT", "C10/USDT:USDT", "C11/USDT:USDT", "C12/USDT:USDT"),
                symbols(conclusion));
        assertEquals(
                "binance-usdm: 50 symbols are meant and only the first 3 by name are watched: write"
                        + " narrower patterns, or raise mostSymbols",
                conclusion.missing());
        assertTrue(conclusion.isWhole());
    }

    @Test
    void shouldLeaveAKeyToTheRuleThatHasItFirst() {
        lists(SPOT, "BTCUSDT", "ETHUSDT");
        lists("kraken");
        keys.put("px:{symbol}", Set.of("BTC/USDT", "ETH/USDT"));
        final Conclusion conclusion =
                resolver.conclude(
                        config(
                                """
                                venues:
                                  - {name: binance-spot, symbols: ["BTC/*"]}
                                  - {name: kraken, symbols: redis, channels: [trade]}
                                redis:
                                  - keys:
                                    - {pattern: "px:{symbol}", venue: binance-spot}
                                    - {pattern: "px:{symbol}", venue: kraken}
                                """));
        final List<KeyRule> rules = conclusion.config().redis().get(0).keys();
        assertEquals(List.of("BTC/USDT"), rules.get(0).symbols());
        assertEquals(List.of("ETH/USDT"), rules.get(1).symbols());
        assertFalse(rules.get(1).whole());
        loadsAgain(conclusion);
    }

    @Test
    void shouldAskNobodyWhereEverySymbolIsNamed() {
        final Config config = config(usdm("[BTC/USDT:USDT]") + KEYS);
        assertEquals(config, resolver.conclude(config).config());
    }

    @Test
    void shouldTellWhatIsNew() {
        lists(USDM, "BTCUSDT");
        final Config config = config(usdm("[\"*\"]"));
        final Config before = resolver.conclude(config).config();
        lists(USDM, "BTCUSDT", "ETHUSDT");
        assertEquals(
                Map.of(USDM, List.of("ETH/USDT:USDT")),
                UniverseResolver.added(before, resolver.conclude(config).config()));
        assertEquals(
                "a, b, c, d, e and 2 more", UniverseText.some(List.of("a b c d e f g".split(" "))));
        assertEquals(
                List.of(
                        "binance-usdm: 0 symbols are named, those of * are taken at start from what"
                                + " the venue lists"),
                UniverseText.questions(config));
        assertEquals(
                List.of("binance-usdm: 1 symbols are watched, 0 of them named"),
                UniverseText.answers(config, before));
    }
}
