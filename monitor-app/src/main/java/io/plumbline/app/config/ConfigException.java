package io.plumbline.app.config;

import java.util.List;

/**
 * A configuration that cannot be used. The message lists everything that is wrong, one problem a
 * line: {@code file:line:column: what is wrong; remedy}.
 */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String[] problems;

    ConfigException(final List<String> problems) {
        super(String.join("\n", problems));
        this.problems = problems.toArray(String[]::new);
    }

    /** The lines of the message, in the order of the file. */
    public List<String> problems() {
        return List.of(problems);
    }
}
