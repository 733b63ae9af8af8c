package io.plumbline.app.config;

import io.plumbline.feed.websocket.TokenEnd;
import io.plumbline.feed.websocket.TokenWatch;
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
    /** What the last price is taken from: the first of these that the venue has. */
    private static final List<Channel> LAST_PRICES =
            List.of(Channel.AGG_TRADE, Channel.TRADE, Channel.TICKER);

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
                token(at, venue),
                symbols.universe(),
                at.value("connections", 1, Values.integer(1, 2)));
    }

    /** What the venue lets us in by, where it asks for that. */
    private static Secret token(final YamlMap at, final KnownVenue venue) {
        final YamlValue given = at.find("token");
        if (given == null) {
            if (venue != null && venue.needsToken()) {
                at.missing("token", "${file:/run/secrets/" + venue.name() + "-token}");
            }
            return Secret.NONE;
        }
        if (venue != null && !venue.needsToken()) {
            at.problem("token", venue.name() + " lets everybody in; remove the key");
            return Secret.NONE;
        }
        final Secret token = AlertReader.secret(given);
        if (!token.isGiven() || token.isWithheld()) {
            return token;
        }
        final String text = token.reveal().strip();
        if (!TokenWatch.isToken(text)) {
            given.problem("the value is no token: it has white space or other signs in it");
        } else if (TokenEnd.seconds(text) == TokenEnd.UNKNOWN) {
            given.warn("the token does not say when it ends: its end cannot be watched");
        }
        return token.from(given::readSecretAgain);
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
            return usual(venue);
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
            at.problem("channels", "no channel; remove the key for the best prices and trades");
        }
        return channels;
    }

    /** The best prices and the last one, as far as the venue has them. */
    private static List<Channel> usual(final KnownVenue venue) {
        final List<Channel> channels = new ArrayList<>();
        channels.add(Channel.BOOK_TICKER);
        channels.addAll(LAST_PRICES);
        if (venue != null) {
            channels.retainAll(venue.channels());
        }
        if (channels.isEmpty()) {
            return List.copyOf(venue.channels());
        }
        final boolean quoted = channels.get(0) == Channel.BOOK_TICKER;
        return List.copyOf(channels.subList(0, Math.min(quoted ? 2 : 1, channels.size())));
    }

    static Path trust(final YamlMap at) {
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
