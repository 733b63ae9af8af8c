package io.plumbline.app.config;

import io.plumbline.market.Channel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Loads YAML texts for tests, with three venues, a fixed environment and collected warnings. */
final class ConfigText {
    static final String MINIMAL = "venues: [{name: spot, symbols: [BTC/USDT]}]\n";

    static final List<KnownVenue> VENUES =
            List.of(
                    new KnownVenue(
                            "spot",
                            EnumSet.of(Channel.TRADE, Channel.AGG_TRADE, Channel.BOOK_TICKER),
                            symbol -> symbol.replace("/", "")),
                    new KnownVenue(
                            "perpetual",
                            EnumSet.of(Channel.AGG_TRADE, Channel.BOOK_TICKER, Channel.MARK_PRICE),
                            ConfigText::perpetual),
                    new KnownVenue(
                            "gateway",
                            EnumSet.of(Channel.TRADE, Channel.BOOK_TICKER),
                            true,
                            ConfigText::contract));

    final Map<String, String> environment;
    final List<String> warnings = new ArrayList<>();

    ConfigText(final Map<String, String> environment) {
        this.environment = environment;
    }

    static Config load(final String yaml) throws ConfigException {
        return new ConfigText(Map.of()).loader().parse("x.yaml", yaml);
    }

    /** Every problem of {@code yaml}, none when it loads. */
    static List<String> problems(final String yaml) {
        try {
            load(yaml);
            return List.of();
        } catch (final ConfigException e) {
            return e.problems();
        }
    }

    ConfigLoader loader() {
        return new ConfigLoader(VENUES, environment::get, warnings::add);
    }

    private static String contract(final String symbol) {
        if (!symbol.startsWith("CON.") && !symbol.contains(":")) {
            throw new IllegalArgumentException("it names no contract");
        }
        return symbol.startsWith("CON.") ? symbol : "CON." + symbol.replaceAll("[^A-Z]", "");
    }

    private static String perpetual(final String symbol) {
        if (!symbol.contains(":")) {
            throw new IllegalArgumentException("it names no settlement");
        }
        return symbol;
    }
}
