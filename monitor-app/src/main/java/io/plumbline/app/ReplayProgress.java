package io.plumbline.app;

import io.plumbline.app.replay.Onlooker;
import io.plumbline.app.replay.Tape;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.time.EpochNanoClock;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * One line on a terminal that says how far a replay is, how fast, and how long it will take. It has
 * no colours. Replay thread.
 */
final class ReplayProgress implements Onlooker, AutoCloseable {
    /** The clock is read once in so many messages. */
    private static final int LOOK_EVERY = 1_024;

    private static final long EVERY_NS = 200_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int CELLS = 24;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final EpochNanoClock clock;
    private final Tape tape;
    private final String title;
    private final long startedNs;
    private long messages;
    private long shownNs;
    private boolean shown;

    /**
     * @param title what is read, if it is one of several; else ""
     */
    ReplayProgress(
            final PrintWriter out,
            final EpochNanoClock clock,
            final Tape tape,
            final String title) {
        this.out = out;
        this.clock = clock;
        this.tape = tape;
        this.title = title;
        startedNs = clock.epochNanos();
        shownNs = startedNs;
    }

    @Override
    public void onMessage(final InboundMessage message, final long nowNs, final boolean told) {
        messages++;
        if (messages % LOOK_EVERY == 0) {
            final long clockNs = clock.epochNanos();
            if (clockNs - shownNs >= EVERY_NS) {
                shownNs = clockNs;
                shown = true;
                out.print(
                        ERASE_LINE
                                + line(
                                        title,
                                        tape.readBytes(),
                                        tape.totalBytes(),
                                        messages,
                                        clockNs - startedNs));
                out.flush();
            }
        }
    }

    /** The line without what moves the cursor. */
    static String line(
            final String title,
            final long bytes,
            final long totalBytes,
            final long messages,
            final long elapsedNs) {
        final long of = Math.max(1, totalBytes);
        final long done = Math.max(0, Math.min(bytes, of));
        final int filled = (int) (done * CELLS / of);
        final long micros = Math.max(1, elapsedNs / 1_000);
        final long perSecond = messages * 1_000_000L / micros;
        // Bytes a microsecond are megabytes a second.
        final String megabytes = String.format(Locale.ROOT, "%,d", done / micros);
        final long leftNs = done == 0 ? -1 : (long) ((of - done) * (elapsedNs / (double) done));
        return String.format(
                Locale.ROOT,
                "%s%3d%% [%s%s] %,d messages, %,d/s, %s MB/s, %s left",
                title,
                done * 100 / of,
                "#".repeat(filled),
                "-".repeat(CELLS - filled),
                messages,
                perSecond,
                megabytes,
                leftNs < 0 ? "?" : duration(leftNs));
    }

    private static String duration(final long ns) {
        final long seconds = (ns + SECOND_NS - 1) / SECOND_NS;
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3_600
                ? String.format("%d:%02d min", seconds / 60, seconds % 60)
                : String.format("%d:%02d h", seconds / 3_600, seconds / 60 % 60);
    }

    /** Takes the line away: something else is to be said. */
    void clear() {
        if (shown) {
            shown = false;
            out.print(ERASE_LINE);
            out.flush();
        }
    }

    @Override
    public void close() {
        clear();
    }
}
