package io.plumbline.app.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.yaml.snakeyaml.error.Mark;

/**
 * What is wrong with one configuration, collected so that a person repairs it in one go. Bounded:
 * beyond the limit further problems are counted and their number is told.
 */
final class Problems {
    private static final int LIMIT = 100;

    private final String file;
    private final Consumer<String> warnings;
    private final List<Problem> problems = new ArrayList<>();
    private int untold;

    /** A problem and its place; line and column count from 1, 0 for the whole file. */
    private record Problem(int line, int column, String text) {}

    /**
     * @param warnings takes one line for each thing that is legal and most likely a mistake
     */
    Problems(final String file, final Consumer<String> warnings) {
        this.file = file;
        this.warnings = warnings;
    }

    void add(final Mark mark, final String text) {
        add(mark == null ? 0 : mark.getLine() + 1, mark == null ? 0 : mark.getColumn() + 1, text);
    }

    void add(final int line, final int column, final String text) {
        if (problems.size() < LIMIT) {
            problems.add(new Problem(line, column, text));
        } else {
            untold++;
        }
    }

    void warn(final Mark mark, final String text) {
        warnings.accept(place(mark.getLine() + 1, mark.getColumn() + 1) + text);
    }

    void throwIfAny() throws ConfigException {
        if (problems.isEmpty()) {
            return;
        }
        final List<String> lines = new ArrayList<>();
        problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .map(problem -> place(problem.line, problem.column) + problem.text)
                .distinct()
                .forEach(lines::add);
        if (untold > 0) {
            lines.add(file + ": and " + untold + " more; repair these first");
        }
        throw new ConfigException(lines);
    }

    private String place(final int line, final int column) {
        return line == 0 ? file + ": " : file + ":" + line + ":" + column + ": ";
    }
}
