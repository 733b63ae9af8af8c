package io.plumbline.app.config;

import io.plumbline.feed.provider.Keys;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mapping of a provider's description in the file. Keeps what was given, to be printed again; a
 * request to the provider that refers to the environment may hold a secret and is withheld.
 */
final class ProviderKeys implements Keys {
    private static final String MAY_BE_SECRET = "send";

    private final YamlMap map;
    private final Map<String, Object> given = new LinkedHashMap<>();
    private final Map<String, ProviderKeys> mappings = new LinkedHashMap<>();
    private final List<ProviderKeys> items = new ArrayList<>();

    ProviderKeys(final YamlMap map) {
        this.map = map;
    }

    /** What was given, as maps, lists and texts. */
    Map<String, Object> description() {
        return given;
    }

    /** Tells of every key that was not asked for, here and below. */
    void done() {
        map.done();
        mappings.values().forEach(ProviderKeys::done);
        items.forEach(ProviderKeys::done);
    }

    @Override
    public boolean given(final String key) {
        return map.given(key);
    }

    @Override
    public String text(final String key, final String fallback) {
        return keep(key, map.value(key, fallback, Values::text));
    }

    @Override
    public String required(final String key, final String example) {
        return keep(key, map.required(key, example, "", Values::text));
    }

    @Override
    public int integer(final String key, final int fallback, final int least, final int most) {
        return keep(key, map.value(key, fallback, Values.integer(least, most)));
    }

    @Override
    public boolean bool(final String key, final boolean fallback) {
        return keep(key, map.value(key, fallback, Values.bool()));
    }

    @Override
    public Duration duration(
            final String key, final Duration fallback, final String least, final String most) {
        final Duration duration = map.value(key, fallback, Values.duration(least, most));
        keep(key, duration == null ? null : Durations.print(duration));
        return duration;
    }

    @Override
    public URI address(final String key) {
        final URI address =
                map.required(key, "wss://HOST:PORT/PATH", null, Values.uri("wss", "ws"));
        keep(key, String.valueOf(address));
        return address;
    }

    @Override
    public <T> T choice(
            final String key, final String what, final Map<String, T> options, final T fallback) {
        final ValueReader<T> reader = Values.choice(what, options);
        keep(key, map.value(key, null, text -> text));
        return fallback == null
                ? map.required(key, options.keySet().iterator().next(), null, reader)
                : map.value(key, fallback, reader);
    }

    @Override
    public Keys map(final String key) {
        final ProviderKeys known = mappings.get(key);
        if (known != null) {
            return known;
        }
        final ProviderKeys mapping = new ProviderKeys(map.map(key));
        mappings.put(key, mapping);
        return keep(key, mapping, mapping.given);
    }

    @Override
    public List<Keys> maps(final String key) {
        final List<Keys> read = new ArrayList<>();
        final List<Object> descriptions = new ArrayList<>();
        for (final YamlValue item : map.list(key)) {
            final ProviderKeys mapping = new ProviderKeys(item.map());
            items.add(mapping);
            read.add(mapping);
            descriptions.add(mapping.given);
        }
        return keep(key, read, descriptions);
    }

    @Override
    public List<String> texts(final String key) {
        final List<String> texts = new ArrayList<>();
        for (final YamlValue item : map.list(key)) {
            final String text = item.read("", Values::text);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return keep(key, texts, texts.stream().map(Interpolation::escape).toList());
    }

    @Override
    public Map<String, String> entries(final String key) {
        final Map<String, String> entries = new LinkedHashMap<>();
        final Map<String, Object> printed = new LinkedHashMap<>();
        final YamlMap mapping = map.map(key);
        for (final String name : mapping.names()) {
            final String text = mapping.required(name, "value", "", value -> value);
            entries.put(name, text);
            printed.put(name, Interpolation.escape(text));
        }
        return keep(key, entries, printed);
    }

    @Override
    public void problem(final String key, final String text) {
        map.problem(key, text);
    }

    private <T> T keep(final String key, final T value) {
        final boolean withheld =
                key.equals(MAY_BE_SECRET) && map.given(key) && map.find(key).refers();
        final Object printed =
                withheld
                        ? Secret.WITHHELD
                        : value instanceof String text ? Interpolation.escape(text) : value;
        return keep(key, value, printed);
    }

    private <T> T keep(final String key, final T value, final Object printed) {
        if (map.given(key)) {
            given.put(key, printed);
        }
        return value;
    }
}
