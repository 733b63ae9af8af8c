package io.plumbline.app.config;

import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The venues and what is watched on them. */
final class VenueReader {
    private static final List<Channel> DEFAULT_CHANNELS =
            List.of(Channel.BOOK_TICKER, Channel.AGG_TRADE);
    private static final String NO_REST = "none";

    private final Map<String, KnownVenue> known;
    private final Map<String, YamlValue> byRedis = new LinkedHashMap<>();

    /**
     * @param known the venues that this build supports, by name
     */
    VenueReader(final Map<String, KnownVenue> known) {
        this.known = known;
    }

    List<VenueConfig> read(final YamlMap top) {
        final List<VenueConfig> venues = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        int symbols = 0;
        for (final YamlValue item : top.list("venues")) {
            final YamlMap at = item.map();
            final VenueConfig venue = venue(at);
            at.done();
            if (!venue.name().isEmpty() && !names.add(venue.name())) {
                at.problem(
                        "name",
                        "a second venue \"" + venue.name() + "\"; put its symbols into the first");
            }
            symbols += venue.symbols().size();
            venues.add(venue);
        }
        if (top.isEmptyList("venues")) {
            top.missing("venues", "[{name: binance-usdm, symbols: [BTC/USDT:USDT]}]");
        }
        if (symbols > Instruments.LIMIT) {
            top.problem(
                    "venues",
                    symbols
                            + " symbols; one monitor watches at most "
                            + Instruments.LIMIT
                            + ": start a second one");
        }
        return venues;
    }

    private VenueConfig venue(final YamlMap at) {
        final KnownVenue venue =
                at.required(
                        "name",
                        "binance-usdm",
                        null,
                        Values.choice("venue of this version", known));
        final boolean restOff = NO_REST.equals(at.value("rest", "", text -> text));
        final SymbolsReader.Symbols symbols = SymbolsReader.read(at, venue, !restOff);
        if (symbols.universe().redis() && venue != null) {
            byRedis.put(venue.name(), at.find("symbols"));
        }
        final List<Channel> channels = channels(at, venue);
        final URI endpoint = at.value("endpoint", null, Values.uri("wss", "ws"));
        final URI rest = restOff ? null : at.value("rest", null, Values.uri("https", "http"));
        return new VenueConfig(
                venue == null ? "" : venue.name(),
                symbols.named(),
                channels,
                endpoint,
                rest,
                !restOff,
                trust(at),
                at.value("rotateAfter", null, Values.duration("1m", "3650d")),
                symbols.universe(),
                at.value("connections", 1, Values.integer(1, 2)));
    }

    /** What has its symbols from Redis needs a rule that says which keys. */
    void check(final List<RedisConfig> redis) {
        byRedis.forEach(
                (venue, symbols) -> {
                    if (redis.stream()
                            .flatMap(server -> server.keys().stream())
                            .noneMatch(rule -> rule.venue().equals(venue) && rule.tellsSymbols())) {
                        symbols.problem(
                                "no key rule says which keys have the symbols of "
                                        + venue
                                        + "; add `{pattern: \"pms:price:{symbol}\", venue: "
                                        + venue
                                        + "}` to the keys of a Redis");
                    }
                });
    }

    private static List<Channel> channels(final YamlMap at, final KnownVenue venue) {
        if (!at.given("channels")) {
            return DEFAULT_CHANNELS;
        }
        final Map<String, Channel> offered = new TreeMap<>();
        for (final Channel channel : Channel.values()) {
            if (channel != Channel.NONE && (venue == null || venue.channels().contains(channel))) {
                offered.put(channel.label(), channel);
            }
        }
        final List<Channel> channels = new ArrayList<>();
        final String what = "channel" + (venue == null ? "" : " of " + venue.name());
        for (final YamlValue item : at.list("channels")) {
            final Channel channel = item.read(Channel.NONE, Values.choice(what, offered));
            if (channel != Channel.NONE && channels.contains(channel)) {
                item.problem("\"" + channel.label() + "\" is given twice; remove one");
            } else {
                channels.add(channel);
            }
        }
        if (at.isEmptyList("channels")) {
            at.problem("channels", "no channel; remove the key for bookTicker and aggTrade");
        }
        return channels;
    }

    private static Path trust(final YamlMap at) {
        final Path trust = at.value("trust", null, Values::path);
        if (trust != null && at.live() && !Files.isReadable(trust)) {
            at.problem(
                    "trust",
                    YamlValue.quoted(trust.toString())
                            + " cannot be read; write the PEM file of the CA");
        }
        return trust;
    }
}
