package io.plumbline.app.config;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * YAML text to its node tree, which keeps line and column. Nothing is constructed from the tree, so
 * no tag makes an object; depth, aliases and size are bounded against hostile input.
 */
final class YamlDocument {
    /** The largest configuration, characters and bytes. */
    static final int LARGEST = 1024 * 1024;

    private static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 50;

    private YamlDocument() {}

    /** The top mapping, or null when the text is no such thing and the problem was added. */
    static MappingNode read(final String text, final Problems problems) {
        if (text.length() > LARGEST) {
            problems.add(0, 0, "longer than 1 MiB; this is no configuration");
            return null;
        }
        final LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setProcessComments(false);
        try {
            final Node root = new Yaml(limits).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return mapping;
            }
            problems.add(
                    root == null ? null : root.getStartMark(),
                    root == null
                            ? "empty; write at least `venues:`, see config/ for samples"
                            : "not a configuration; begin with a key such as `venues:`");
        } catch (final MarkedYAMLException e) {
            problems.add(e.getProblemMark(), "not legal YAML: " + e.getProblem() + remedy(text, e));
        } catch (final ReaderException e) {
            final String before = text.substring(0, Math.min(e.getPosition(), text.length()));
            problems.add(
                    (int) before.chars().filter(c -> c == '\n').count() + 1,
                    before.length() - before.lastIndexOf('\n'),
                    String.format("not legal YAML: character U+%04X; remove it", e.getCodePoint()));
        } catch (final YAMLException e) {
            problems.add(0, 0, "not legal YAML: " + e.getMessage());
        }
        return null;
    }

    /** The two mistakes that YAML's own message does not explain. */
    private static String remedy(final String text, final MarkedYAMLException e) {
        if (e.getProblemMark() == null) {
            return "";
        }
        final String line = text.lines().skip(e.getProblemMark().getLine()).findFirst().orElse("");
        if (line.contains("${")) {
            return "; inside {...} and [...] put quotes around \"${NAME}\"";
        }
        if (line.contains("{symbol}")) {
            return "; put quotes around \"{symbol}\" and what stands with it";
        }
        return line.contains("\t") ? "; indent with spaces, not tabs" : "";
    }
}
