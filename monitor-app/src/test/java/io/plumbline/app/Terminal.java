package io.plumbline.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Runs commands in this process and keeps what they print. */
final class Terminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs one command; what an earlier one printed is forgotten. */
    int run(final Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return PlumblineMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(texts);
    }

    List<String> out() {
        return out.toString().lines().toList();
    }

    List<String> err() {
        return err.toString().lines().toList();
    }

    /** The message of a wrong usage, without the help below it. */
    String complaint() {
        return err().isEmpty() ? "" : err().get(0);
    }
}
