package io.plumbline.feed.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A provider out of a YAML file of the tests; anything wrong with it fails the test. */
public final class DescribedProvider implements Keys {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final JsonNode node;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<String, DescribedProvider> mappings = new LinkedHashMap<>();
    private final List<DescribedProvider> items = new ArrayList<>();

    private DescribedProvider(final JsonNode node) {
        this.node = node;
    }

    /** The venue that the file describes. */
    public static ConfiguredVenue venue(final Path file) throws IOException {
        return new ConfiguredVenue(spec(YAML.readTree(file.toFile())));
    }

    static ConfiguredVenue venue(final String yaml) throws IOException {
        return new ConfiguredVenue(spec(YAML.readTree(yaml)));
    }

    private static ProviderSpec spec(final JsonNode node) {
        final DescribedProvider keys = new DescribedProvider(node);
        final ProviderSpec spec = ProviderReader.read(keys);
        keys.requireAllAsked();
        return spec;
    }

    private void requireAllAsked() {
        node.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!asked.contains(key)) {
                                throw new IllegalArgumentException("unknown key " + key);
                            }
                        });
        mappings.values().forEach(DescribedProvider::requireAllAsked);
        items.forEach(DescribedProvider::requireAllAsked);
    }

    private JsonNode get(final String key) {
        asked.add(key);
        final JsonNode value = node.path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    @Override
    public boolean given(final String key) {
        return !get(key).isMissingNode();
    }

    @Override
    public String text(final String key, final String fallback) {
        return given(key) ? get(key).asText() : fallback;
    }

    @Override
    public String required(final String key, final String example) {
        if (!given(key)) {
            problem(key, "missing");
        }
        return get(key).asText();
    }

    @Override
    public int integer(final String key, final int fallback, final int least, final int most) {
        return given(key) ? Integer.parseInt(get(key).asText()) : fallback;
    }

    @Override
    public boolean bool(final String key, final boolean fallback) {
        return given(key) ? get(key).booleanValue() : fallback;
    }

    @Override
    public Duration duration(
            final String key, final Duration fallback, final String least, final String most) {
        return given(key) ? Duration.parse("PT" + get(key).asText()) : fallback;
    }

    @Override
    public URI address(final String key) {
        return URI.create(required(key, ""));
    }

    @Override
    public <T> T choice(
            final String key, final String what, final Map<String, T> options, final T fallback) {
        if (!given(key) && fallback != null) {
            return fallback;
        }
        final T choice = options.get(required(key, ""));
        if (choice == null) {
            problem(key, get(key).asText() + " is no " + what);
        }
        return choice;
    }

    @Override
    public Keys map(final String key) {
        return mappings.computeIfAbsent(key, name -> new DescribedProvider(get(name)));
    }

    @Override
    public List<Keys> maps(final String key) {
        final List<Keys> all = new ArrayList<>();
        for (final JsonNode item : get(key)) {
            final DescribedProvider mapping = new DescribedProvider(item);
            items.add(mapping);
            all.add(mapping);
        }
        return all;
    }

    @Override
    public List<String> texts(final String key) {
        final List<String> all = new ArrayList<>();
        get(key).forEach(item -> all.add(item.asText()));
        return all;
    }

    @Override
    public Map<String, String> entries(final String key) {
        final Map<String, String> all = new LinkedHashMap<>();
        get(key).properties().forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        return all;
    }

    @Override
    public void problem(final String key, final String text) {
        throw new IllegalArgumentException(key + ": " + text);
    }
}
