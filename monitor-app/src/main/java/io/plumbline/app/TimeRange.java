package io.plumbline.app;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The part of a recording that a command looks at: options that several commands share. */
final class TimeRange {
    private static final long SECOND_NS = 1_000_000_000L;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = {
                "First receive time, RFC 3339 (2024-08-08T23:55:00Z).",
                "A replay judges up to 10 minutes before it silently, to know the state."
            })
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Last receive time, RFC 3339.")
    private String to;

    /** First receive time, ns since the epoch; the least long where it is open. */
    long fromNs() {
        return time("--from", from, Long.MIN_VALUE);
    }

    /** Last receive time, ns since the epoch; the largest long where it is open. */
    long toNs() {
        return time("--to", to, Long.MAX_VALUE);
    }

    /** Refuses an end before the beginning. */
    void requireOrder() {
        if (fromNs() > toNs()) {
            throw new ParameterException(
                    spec.commandLine(), "--from " + from + " is later than --to " + to);
        }
    }

    private long time(final String option, final String text, final long absent) {
        if (text == null) {
            return absent;
        }
        try {
            final Instant instant = Instant.parse(text);
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), SECOND_NS), instant.getNano());
        } catch (final DateTimeParseException | ArithmeticException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + text + " is no time: write it like 2024-08-08T23:55:00Z",
                    e);
        }
    }
}
