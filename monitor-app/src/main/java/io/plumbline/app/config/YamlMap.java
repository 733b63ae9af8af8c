package io.plumbline.app.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A mapping whose keys are asked for one by one; {@link #done} then tells of every key that nobody
 * asked for. An absent mapping is empty, so that all of its keys get their defaults.
 */
final class YamlMap {
    private final Reading reading;
    private final String path;
    private final Node place;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param path "" for the top
     * @param mapping null when absent
     * @param place where a missing key is told of
     */
    YamlMap(final Reading reading, final String path, final MappingNode mapping, final Node place) {
        this.reading = reading;
        this.path = path;
        this.place = place;
        if (mapping != null) {
            mapping.getValue().forEach(this::put);
        }
    }

    /** The value of {@code key}, {@code fallback} when it is absent or null. */
    <T> T value(final String key, final T fallback, final ValueReader<T> reader) {
        return given(key) ? values.get(key).read(fallback, reader) : fallback;
    }

    /** The value of {@code key}, a problem and {@code standIn} when it is absent or null. */
    <T> T required(
            final String key, final String example, final T standIn, final ValueReader<T> reader) {
        if (!given(key)) {
            missing(key, example);
            return standIn;
        }
        return values.get(key).read(standIn, reader);
    }

    /** The node of {@code key}, or null when it is absent or null. */
    YamlValue find(final String key) {
        return given(key) ? values.get(key) : null;
    }

    /** All keys in their order; marks every one as known. */
    List<String> names() {
        asked.addAll(keys.keySet());
        return List.copyOf(keys.keySet());
    }

    YamlMap map(final String key) {
        return given(key) ? values.get(key).map() : new YamlMap(reading, path(key), null, place);
    }

    /** The items of {@code key}; none when it is absent, null or no list. */
    List<YamlValue> list(final String key) {
        return given(key) ? values.get(key).list() : List.of();
    }

    /** Whether {@code key} has a value; marks it as known. */
    boolean given(final String key) {
        asked.add(key);
        return values.containsKey(key) && !values.get(key).isNull();
    }

    /** Whether {@code key} is absent, null or an empty list: not what {@link #list} has told of. */
    boolean isEmptyList(final String key) {
        return !given(key) || values.get(key).isEmptyList();
    }

    /** Tells of a problem at {@code key}, or at the mapping when the key is absent. */
    void problem(final String key, final String text) {
        if (values.containsKey(key)) {
            values.get(key).problem(text);
        } else {
            reading.problems().add(place.getStartMark(), path(key) + ": " + text);
        }
    }

    void missing(final String key, final String example) {
        problem(key, "missing; write `" + key + ": " + example + "`");
    }

    /** Tells of something legal that is most likely a mistake. */
    void warn(final String key, final String text) {
        if (values.containsKey(key)) {
            values.get(key).warn(text);
        } else {
            reading.problems().warn(place.getStartMark(), path(key) + ": " + text);
        }
    }

    /** Tells of every key that was not asked for. */
    void done() {
        for (final Map.Entry<String, Node> key : keys.entrySet()) {
            if (!asked.contains(key.getKey())) {
                reading.problems()
                        .add(
                                key.getValue().getStartMark(),
                                path(key.getKey())
                                        + ": unknown key; "
                                        + Nearest.advice(key.getKey(), asked));
            }
        }
    }

    boolean live() {
        return reading.live();
    }

    private void put(final NodeTuple entry) {
        final Node key = entry.getKeyNode();
        if (!(key instanceof ScalarNode scalar)) {
            reading.problems().add(key.getStartMark(), "a key must be a name; write `key: value`");
        } else if (keys.containsKey(scalar.getValue())) {
            reading.problems()
                    .add(
                            key.getStartMark(),
                            path(scalar.getValue())
                                    + ": given twice, first in line "
                                    + (keys.get(scalar.getValue()).getStartMark().getLine() + 1)
                                    + "; remove one");
        } else {
            keys.put(scalar.getValue(), key);
            values.put(
                    scalar.getValue(),
                    new YamlValue(reading, path(scalar.getValue()), entry.getValueNode()));
        }
    }

    private String path(final String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
