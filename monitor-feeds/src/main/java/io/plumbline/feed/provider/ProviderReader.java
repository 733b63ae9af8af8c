package io.plumbline.feed.provider;

import io.plumbline.feed.provider.ProviderSpec.Ask;
import io.plumbline.feed.provider.ProviderSpec.Talk;
import io.plumbline.feed.venue.VenueLimits;
import io.plumbline.market.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads one provider's description. What is wrong with it is told through its {@link Keys}. */
public final class ProviderReader {
    private static final Duration CONNECT_WINDOW = Duration.ofMinutes(1);

    private enum Kind {
        JSON,
        BINARY
    }

    private ProviderReader() {}

    /** The description, with stand-ins for what is wrong; null where hardly anything is right. */
    public static ProviderSpec read(final Keys keys) {
        final String name = name(keys);
        final Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("json", Kind.JSON);
        kinds.put("binary", Kind.BINARY);
        final Kind kind = keys.choice("kind", "kind of provider", kinds, null);
        final URI url = keys.address("url");
        final SymbolNames symbols = symbols(keys.map("symbols"));
        final ProviderSpec.Format format;
        if (kind == Kind.BINARY) {
            format = BinaryReader.read(keys);
        } else {
            format = JsonReader.read(keys);
        }
        final Talk talk = talk(keys, format.channels());
        final VenueLimits limits = limits(keys.map("limits"), keys.map("ping"));
        if (kind == null || url == null || name.isEmpty() || format.channels().isEmpty()) {
            return null;
        }
        return new ProviderSpec(name, url, symbols, talk, limits, format);
    }

    private static String name(final Keys keys) {
        final String name = keys.required("name", "gateway");
        if (!name.isEmpty() && !name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            keys.problem(
                    "name",
                    quoted(name)
                            + " is no name; write up to 40 lower-case letters, digits and hyphens");
            return "";
        }
        return name;
    }

    private static SymbolNames symbols(final Keys keys) {
        final String template = keys.text("template", "");
        final Map<String, String> map = keys.entries("map");
        if (template.isEmpty() && map.isEmpty()) {
            keys.problem(
                    "template",
                    "no symbols; write `template: \"{base}{quote}\"`, or a map of them");
        }
        if (!template.isEmpty()
                && (count(template, SymbolNames.BASE) != 1
                        || count(template, SymbolNames.QUOTE) != 1)) {
            keys.problem("template", quoted(template) + " must have {base} and {quote} once each");
        }
        final Set<String> names = new HashSet<>();
        map.forEach(
                (symbol, name) -> {
                    if (!names.add(name)) {
                        keys.problem("map", quoted(name) + " stands for two symbols; remove one");
                    }
                });
        return new SymbolNames(
                template,
                keys.choice(
                        "market",
                        "market",
                        labelled(SymbolNames.Market.values(), SymbolNames.Market::label),
                        SymbolNames.Market.SPOT),
                keys.choice(
                        "letters",
                        "case of letters",
                        labelled(SymbolNames.Letters.values(), SymbolNames.Letters::label),
                        SymbolNames.Letters.UPPER),
                keys.texts("quotes"),
                map);
    }

    private static int count(final String text, final String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static Talk talk(final Keys keys, final List<Channel> offered) {
        final List<Ask> asks = new ArrayList<>();
        for (final Keys ask : keys.maps("subscribe")) {
            asks.add(
                    new Ask(
                            ask.required(
                                    "send", "'{\"op\":\"subscribe\",\"symbol\":\"{symbol}\"}'"),
                            channels(ask, offered),
                            ask.bool("answered", true)));
        }
        final Keys ack = keys.map("ack");
        final Keys error = keys.map("error");
        final Keys heartbeat = keys.map("heartbeat");
        return new Talk(
                asks,
                keys.given("ack") ? JsonReader.some(ack) : null,
                JsonReader.path(ack, "id"),
                keys.given("error") ? JsonReader.some(error) : null,
                JsonReader.path(error, "id"),
                JsonReader.path(error, "text"),
                heartbeat.given("when") ? JsonReader.some(heartbeat) : null,
                keys.map("ping").text("send", null));
    }

    private static List<Channel> channels(final Keys ask, final List<Channel> offered) {
        final Map<String, Channel> labels = new LinkedHashMap<>();
        offered.forEach(channel -> labels.put(channel.label(), channel));
        final List<Channel> channels = new ArrayList<>();
        for (final String label : ask.texts("channels")) {
            if (labels.containsKey(label)) {
                channels.add(labels.get(label));
            } else {
                ask.problem(
                        "channels",
                        quoted(label)
                                + " is none of its messages; known: "
                                + String.join(", ", labels.keySet()));
            }
        }
        return channels;
    }

    private static VenueLimits limits(final Keys keys, final Keys ping) {
        return new VenueLimits(
                keys.integer("streamsPerConnection", 10_000, 1, 1_000_000),
                keys.integer("messagesPerSecond", 10, 1, 10_000),
                keys.integer("connectsPerMinute", 60, 1, 10_000),
                CONNECT_WINDOW,
                keys.duration("lifetime", null, "1m", "3650d"),
                ping.duration("every", Duration.ofSeconds(20), "100ms", "1h"),
                keys.duration("silence", Duration.ofSeconds(60), "1s", "1h"));
    }

    static <T> Map<String, T> labelled(final T[] values, final Function<T, String> label) {
        final Map<String, T> labelled = new LinkedHashMap<>();
        for (final T value : values) {
            labelled.put(label.apply(value), value);
        }
        return labelled;
    }

    static String quoted(final String text) {
        return '"' + text + '"';
    }
}
