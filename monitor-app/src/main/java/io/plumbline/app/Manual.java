package io.plumbline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of one command, from its options as they are: sections of paragraphs, and of
 * terms with what they mean.
 */
final class Manual {
    private static final int WIDTH = 80;
    private static final String INDENT = "       ";

    /** A paragraph; with a term, what it means; a line of its own where it is to be typed. */
    private record Paragraph(String term, String text, boolean typed) {}

    private record Section(String title, List<Paragraph> paragraphs) {}

    private final String name;
    private final List<Section> sections = new ArrayList<>();

    private Manual(final String name) {
        this.name = name;
    }

    static Manual of(final CommandLine command) {
        final CommandSpec spec = command.getCommandSpec();
        final Manual manual = new Manual(spec.qualifiedName("-"));
        final String[] description = spec.usageMessage().description();
        manual.add("NAME").add(text(manual.name + " - " + first(description)));
        final List<Paragraph> synopsis = manual.add("SYNOPSIS");
        synopsis.add(text(synopsis(command)));
        manual.add("DESCRIPTION").add(text(String.join(" ", description)));
        if (!command.getSubcommands().isEmpty()) {
            final List<Paragraph> commands = manual.add("COMMANDS");
            command.getSubcommands()
                    .forEach(
                            (of, line) ->
                                    commands.add(
                                            term(
                                                    of,
                                                    first(
                                                            line.getCommandSpec()
                                                                    .usageMessage()
                                                                    .description()))));
        }
        final List<Paragraph> options = manual.add("OPTIONS");
        for (final PositionalParamSpec parameter : spec.positionalParameters()) {
            options.add(term(parameter.paramLabel(), meaning(parameter)));
        }
        for (final OptionSpec option : spec.options()) {
            options.add(term(names(option), meaning(option)));
        }
        final List<Paragraph> exit = manual.add("EXIT STATUS");
        for (final Map.Entry<String, String> code : ExitCode.descriptions().entrySet()) {
            exit.add(term(code.getKey().strip(), code.getValue() + "."));
        }
        final ManualNotes notes = ManualNotes.of(spec.qualifiedName());
        final List<Paragraph> files = manual.add("FILES");
        notes.files().forEach((file, meaning) -> files.add(term(file, meaning)));
        final List<Paragraph> examples = manual.add("EXAMPLES");
        notes.examples()
                .forEach(
                        (example, meaning) -> {
                            examples.add(text(meaning));
                            examples.add(typed(example));
                        });
        manual.sections.removeIf(section -> section.paragraphs.isEmpty());
        return manual;
    }

    private List<Paragraph> add(final String title) {
        final Section section = new Section(title, new ArrayList<>());
        sections.add(section);
        return section.paragraphs;
    }

    private static Paragraph text(final String text) {
        return new Paragraph(null, text, false);
    }

    private static Paragraph term(final String term, final String meaning) {
        return new Paragraph(term, meaning, false);
    }

    private static Paragraph typed(final String line) {
        return new Paragraph(null, line, true);
    }

    private static String first(final String[] lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static String synopsis(final CommandLine command) {
        return command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
    }

    private static String names(final OptionSpec option) {
        final String all = String.join(", ", option.names());
        return option.arity().max() == 0 ? all : all + "=" + option.paramLabel();
    }

    /** As the help renders it: candidates and defaults filled in. */
    private static String meaning(final ArgSpec of) {
        return String.join(" ", of.description());
    }

    /** For a terminal. */
    String text() {
        final StringBuilder out = new StringBuilder();
        for (final Section section : sections) {
            out.append(out.length() == 0 ? "" : "\n").append(section.title).append('\n');
            boolean first = true;
            for (final Paragraph of : section.paragraphs) {
                if (!first && of.term == null && !of.typed) {
                    out.append('\n');
                }
                first = false;
                if (of.term != null) {
                    out.append(INDENT).append(of.term).append('\n');
                    fill(out, INDENT + INDENT, of.text);
                } else if (of.typed) {
                    out.append(INDENT).append(of.text).append('\n');
                } else {
                    fill(out, INDENT, of.text);
                }
            }
        }
        return out.toString();
    }

    private static void fill(final StringBuilder out, final String indent, final String text) {
        int column = 0;
        for (final String word : text.split(" +")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                out.append('\n');
                column = 0;
            }
            out.append(column == 0 ? indent : " ").append(word);
            column += (column == 0 ? indent.length() : 1) + word.length();
        }
        out.append('\n');
    }

    /** For man: requests of man(7). */
    String roff() {
        final StringBuilder out = new StringBuilder();
        out.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(" 1\n");
        for (final Section section : sections) {
            out.append(".SH ").append(section.title).append('\n');
            for (final Paragraph of : section.paragraphs) {
                if (of.term != null) {
                    out.append(".TP\n\\fB").append(escaped(of.term)).append("\\fR\n");
                    out.append(escaped(of.text)).append('\n');
                } else if (of.typed) {
                    out.append(".PP\n.nf\n").append(escaped(of.text)).append("\n.fi\n");
                } else {
                    out.append(".PP\n").append(escaped(of.text)).append('\n');
                }
            }
        }
        return out.toString();
    }

    private static String escaped(final String text) {
        final String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
