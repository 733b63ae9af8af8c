package io.plumbline.app.alert;

import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a program for every alert: the argument list as it is, without a shell; the JSON on standard
 * input; only the environment variables that are allowed. Exit 0 delivers, 75 (EX_TEMPFAIL) and a
 * timeout retry, anything else refuses. On a timeout the whole process tree is killed. The first 4
 * KiB of its output stand in the reason, the rest is read and dropped.
 */
public final class ExecHook implements AlertChannel {
    private static final int TEMPORARY_FAILURE = 75;
    private static final int OUTPUT_BYTES = 4 * 1_024;
    private static final long POLL_MS = 10;
    private static final long REAP_MS = 500;

    private final String name;
    private final List<String> argv;
    private final Map<String, String> environment;
    private final long timeoutNs;
    private final EpochNanoClock clock;
    private volatile Process running;
    private volatile boolean closed;

    /**
     * @param argv program and arguments; never a place for secrets, other users see it
     * @param environment all that the program gets; secrets are given here
     */
    public ExecHook(
            final String name,
            final List<String> argv,
            final Map<String, String> environment,
            final long timeoutNs,
            final EpochNanoClock clock) {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException(
                    "exec hook " + name + " needs a program: give argv as a list");
        }
        this.name = name;
        this.argv = List.copyOf(argv);
        this.environment = Map.copyOf(environment);
        this.timeoutNs = timeoutNs;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery deliver(final Alert alert, final byte[] body) {
        final ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        final Process process;
        try {
            process = builder.start();
        } catch (final IOException e) {
            return Delivery.refused(
                    "cannot start " + argv.get(0) + ": check that it exists and is executable");
        }
        running = process;
        final byte[] output = new byte[OUTPUT_BYTES];
        try {
            write(process, body);
            return await(process, output);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Delivery.retry(0, "interrupted by shutdown");
        } finally {
            kill(process);
            running = null;
        }
    }

    /** Fits the pipe's buffer, see {@link Alert#MAX_DETAIL_CHARS}, so that this does not block. */
    private static void write(final Process process, final byte[] body) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
            in.write('\n');
        } catch (final IOException ended) {
            // A program need not read its input; its exit code says how it went.
            return;
        }
    }

    private Delivery await(final Process process, final byte[] output) throws InterruptedException {
        final long deadlineNs = clock.epochNanos() + timeoutNs;
        int filled = 0;
        while (true) {
            final boolean ended = process.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
            filled = drain(process.getInputStream(), output, filled);
            if (ended && closed) {
                return Delivery.retry(0, "ended by shutdown");
            }
            if (ended) {
                return verdict(process.exitValue(), said(output, filled));
            }
            if (clock.epochNanos() - deadlineNs >= 0) {
                final long seconds = TimeUnit.NANOSECONDS.toSeconds(timeoutNs);
                return Delivery.retry(
                        0, "killed after its timeout of " + seconds + " s" + said(output, filled));
            }
        }
    }

    private static Delivery verdict(final int exit, final String said) {
        return switch (exit) {
            case 0 -> Delivery.delivered();
            case TEMPORARY_FAILURE -> Delivery.retry(0, "exit 75" + said);
            default -> Delivery.refused("exit " + exit + said);
        };
    }

    /** Reads what is there without waiting: a grandchild may keep the pipe open for ever. */
    private static int drain(final InputStream from, final byte[] output, final int filled) {
        final byte[] chunk = new byte[OUTPUT_BYTES];
        int end = filled;
        try {
            while (from.available() > 0) {
                final int read = from.read(chunk, 0, Math.min(chunk.length, from.available()));
                if (read <= 0) {
                    break;
                }
                final int room = Math.min(read, output.length - end);
                System.arraycopy(chunk, 0, output, end, room);
                end += room;
            }
        } catch (final IOException closed) {
            // The pipe is gone with the process: what was read is what there is.
            return end;
        }
        return end;
    }

    private String said(final byte[] output, final int filled) {
        String text = new String(output, 0, filled, StandardCharsets.UTF_8).strip();
        for (final String value : environment.values()) {
            if (value.length() >= Redaction.SHORTEST) {
                text = text.replace(value, "***");
            }
        }
        return text.isEmpty() ? "" : ": " + text;
    }

    private static void kill(final Process process) {
        if (!process.isAlive()) {
            return;
        }
        try (Stream<ProcessHandle> tree = process.descendants()) {
            final List<ProcessHandle> children = tree.toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        try {
            process.waitFor(REAP_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        final Process now = running;
        if (now != null) {
            kill(now);
        }
    }

    @Override
    public String toString() {
        return name + " (exec " + argv.get(0) + ')';
    }
}
