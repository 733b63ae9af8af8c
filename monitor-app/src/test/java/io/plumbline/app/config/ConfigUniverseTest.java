package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Symbols by patterns and by the keys in Redis, as they stand in the file. */
class ConfigUniverseTest {
    private static final String KEYS =
            "redis: [{keys: [{pattern: \"px:{symbol}\", venue: spot}]}]\n";

    private static String venue(final String symbols) {
        return "venues: [{name: spot, symbols: " + symbols + "}]\n";
    }

    private static VenueConfig spot(final String yaml) throws ConfigException {
        return ConfigText.load(yaml).venue("spot");
    }

    @Test
    void patternsWithExclusionsBesideNames() throws ConfigException {
        final VenueConfig venue = spot(venue("[BTC/USDT, \"*/USDC\", \"E?H/*\", \"!DOGE/*\"]"));
        assertEquals(List.of("BTC/USDT"), venue.symbols());
        assertEquals(
                new Universe(List.of("*/USDC", "E?H/*"), List.of("DOGE/*"), false, 1_000),
                venue.universe());
        assertTrue(venue.universe().includes("BTC/USDC"));
        assertTrue(venue.universe().includes("ETH/EUR"));
        assertFalse(venue.universe().includes("DOGE/USDC"));
        assertFalse(venue.universe().includes("BTC/USDT"));
    }

    @Test
    void symbolsOfRedis() throws ConfigException {
        for (final String symbols : List.of("redis", "[redis]")) {
            final Universe universe = spot(venue(symbols) + KEYS).universe();
            assertEquals(new Universe(List.of(), List.of(), true, 1_000), universe);
        }
        assertEquals(
                List.of("BTC/USDT"), spot(venue("[BTC/USDT, redis, \"!A/*\"]") + KEYS).symbols());
    }

    @Test
    void noSymbolAtAll() throws ConfigException {
        final Config config = ConfigText.load(venue("none") + KEYS);
        assertEquals(List.of(), config.venues().get(0).symbols());
        assertEquals(List.of(), config.redis().get(0).keys().get(0).symbols());
        assertEquals(config, ConfigText.load(config.toYaml()), config.toYaml());
    }

    @Test
    void shouldLoadAgainToTheSame() throws ConfigException {
        final String rules =
                """
                redis:
                  - keys:
                    - {pattern: "px:{symbol}", venue: spot}
                    - {pattern: "hot:{symbol}", venue: spot, symbols: [ETH/USDC, BTC/USDT]}
                """;
        for (final String symbols :
                List.of("redis", "[BTC/USDT, \"*/USDC\", \"!DOGE/*\", redis]", "[\"*\"]")) {
            final Config config =
                    ConfigText.load(
                            venue(symbols + ", mostSymbols: 7, connections: 2")
                                    + (symbols.contains("redis") ? rules : ""));
            assertEquals(7, config.venues().get(0).universe().most());
            assertEquals(2, config.venues().get(0).connections());
            assertEquals(config, ConfigText.load(config.toYaml()), config.toYaml());
        }
    }

    @Test
    void shouldTellWhatIsWrongAndWhere() {
        assertEquals(
                List.of(
                        "x.yaml:1:34: venues[0].symbols[0]: a pattern needs the venue's list of"
                                + " instruments; remove `rest: none`, or write the symbols out",
                        "x.yaml:1:43: venues[0].symbols[1]: \"*/USDT\" is given twice; remove one",
                        "x.yaml:1:54: venues[0].symbols[2]: \"* /U\" is no pattern; write a ccxt"
                                + " symbol with * in it, for example \"*/USDT:USDT\", and"
                                + " \"!DOGE/*\" for what it shall leave out",
                        "x.yaml:1:63: venues[0].symbols[3]: \"\" is no pattern; write a ccxt symbol"
                                + " with * in it, for example \"*/USDT:USDT\", and \"!DOGE/*\" for"
                                + " what it shall leave out",
                        "x.yaml:1:94: venues[0].mostSymbols: \"5001\" is out of range; write a"
                                + " number from 1 to 5000",
                        "x.yaml:1:113: venues[0].connections: \"3\" is out of range; write a number"
                                + " from 1 to 2"),
                ConfigText.problems(
                        venue(
                                "[ \"*/USDT\",\"*/USDT\" , \"* /U\" , \"!\"], rest: none,"
                                        + " mostSymbols: 5001, connections: 3")));
    }

    @Test
    void shouldTellOfExclusionsFromNothing() {
        assertEquals(
                List.of(
                        "x.yaml:1:42: venues[0].symbols[1]: leaves something out of nothing; add a"
                                + " pattern such as \"*/USDT\", or remove it"),
                ConfigText.problems(venue("[BTC/USDT,\"!DOGE/*\"]")));
    }

    @Test
    void shouldTellOfKeysThatCannotSaySymbols() {
        final String problem =
                "x.yaml:1:32: venues[0].symbols: no key rule says which keys have the symbols of"
                        + " spot; add `{pattern: \"pms:price:{symbol}\", venue: spot}` to the keys"
                        + " of a Redis";
        assertEquals(List.of(problem), ConfigText.problems(venue("redis")));
        assertEquals(
                List.of(
                        problem,
                        "x.yaml:2:27: redis[0].keys[0].pattern: gives one key for all symbols; put"
                                + " {symbol} into it or name one symbol in `symbols`"),
                ConfigText.problems(
                        venue("redis") + "redis: [{keys: [{pattern: px, venue: spot}]}]\n"));
        assertEquals(
                List.of(
                        "x.yaml:2:70: redis[0].keys[0].symbols[0]: \"ETH/USD\" is no watched"
                                + " symbol of spot; there is none to choose"),
                ConfigText.problems(
                        venue("[\"*/USDT\"]")
                                + "redis: [{keys: [{pattern: \"px:{symbol}\", venue: spot,"
                                + "      symbols: [ETH/USD, ETH/USDT]}]}]\n"));
    }

    @Test
    void globs() {
        assertTrue(Universe.matches("*", "BTC/USDT:USDT"));
        assertTrue(Universe.matches("*/USDT:USDT", "BTC/USDT:USDT"));
        assertTrue(Universe.matches("*T*T*", "BTC/USDT:USDT"));
        assertTrue(Universe.matches("BTC/USD?", "BTC/USDC"));
        assertTrue(Universe.matches("我/*", "我/USDT"));
        assertFalse(Universe.matches("*/USDT", "BTC/USDT:USDT"));
        assertFalse(Universe.matches("BTC/USD?", "BTC/USD"));
        assertFalse(Universe.matches("", "BTC/USD"));
        assertTrue(Universe.matches("***", ""));
    }
}
