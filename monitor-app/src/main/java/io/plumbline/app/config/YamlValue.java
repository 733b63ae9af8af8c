package io.plumbline.app.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One node and the path that leads to it. Reads it as a typed value, or tells what is wrong and
 * gives the stand-in, so that reading goes on and finds the next problem.
 */
final class YamlValue {
    private static final Pattern USER_INFO = Pattern.compile("://.*@", Pattern.DOTALL);
    private static final Pattern QUERY = Pattern.compile("(://[^?#]*[?#]).*", Pattern.DOTALL);

    private final Reading reading;
    private final String path;
    private final Node node;

    YamlValue(final Reading reading, final String path, final Node node) {
        this.reading = reading;
        this.path = path;
        this.node = node;
    }

    /** Whether nothing or {@code null} is written. */
    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isEmptyList() {
        return node instanceof SequenceNode sequence && sequence.getValue().isEmpty();
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether it is this one word. */
    boolean isWord(final String word) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(word);
    }

    <T> T read(final T standIn, final ValueReader<T> reader) {
        final ScalarNode scalar = scalar();
        if (scalar == null) {
            return standIn;
        }
        try {
            return reader.read(reading.interpolation().fill(scalar.getValue()));
        } catch (final BadValue e) {
            problem(quoted(scalar.getValue()) + " " + e.getMessage());
            return standIn;
        }
    }

    /** Reads a secret: never shown, files allowed, and a literal one is warned of. */
    <T> T readSecret(final T standIn, final ValueReader<T> reader) {
        final ScalarNode scalar = scalar();
        if (scalar == null) {
            return standIn;
        }
        try {
            return reader.read(reading.interpolation().fillSecret(scalar.getValue(), this::warn));
        } catch (final BadValue e) {
            problem("the value " + e.getMessage());
            return standIn;
        }
    }

    /** Reads the text of a secret once more, files anew; IOException says why it cannot. */
    String readSecretAgain() throws IOException {
        final ScalarNode scalar = scalar();
        try {
            return scalar == null
                    ? ""
                    : reading.interpolation().fillSecret(scalar.getValue(), warning -> {});
        } catch (final BadValue e) {
            throw new IOException("the value " + e.getMessage());
        }
    }

    /** Whether it is written as a reference to the environment or a file. */
    boolean refers() {
        return node instanceof ScalarNode scalar && Interpolation.refers(scalar.getValue());
    }

    YamlMap map() {
        if (node instanceof MappingNode mapping) {
            return new YamlMap(reading, path, mapping, mapping);
        }
        if (!isNull()) {
            problem("must hold keys of its own; write `" + key() + ": {key: value}`");
        }
        return new YamlMap(reading, path, null, node);
    }

    List<YamlValue> list() {
        final List<YamlValue> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (final Node item : sequence.getValue()) {
                items.add(new YamlValue(reading, path + "[" + items.size() + "]", item));
            }
        } else if (!isNull()) {
            problem("must be a list; write `" + key() + ": [a, b]` or lines beginning with `- `");
        }
        return items;
    }

    void problem(final String text) {
        reading.problems().add(node.getStartMark(), path + ": " + text);
    }

    void warn(final String text) {
        reading.problems().warn(node.getStartMark(), path + ": " + text);
    }

    String path() {
        return path;
    }

    /** For a message: shortened, and without the password of an address. */
    static String quoted(final String text) {
        final String shown =
                QUERY.matcher(USER_INFO.matcher(text).replaceFirst("://" + Secret.WITHHELD + "@"))
                        .replaceFirst("$1" + Secret.WITHHELD);
        return "\"" + (shown.length() > 80 ? shown.substring(0, 80) + "..." : shown) + "\"";
    }

    private ScalarNode scalar() {
        if (!(node instanceof ScalarNode scalar)) {
            problem("must be one value, not a list or keys; see config/ for samples");
            return null;
        }
        if (isNull()) {
            problem("has no value; write one or remove the key");
            return null;
        }
        if (!node.getTag().getValue().startsWith(Tag.PREFIX)) {
            problem("YAML tags are not supported; write the plain value");
            return null;
        }
        return scalar;
    }

    private String key() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
