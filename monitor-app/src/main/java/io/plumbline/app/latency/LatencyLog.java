package io.plumbline.app.latency;

import io.plumbline.metrics.Hop;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Interval histograms in HdrHistogram log format 1.3, one file a day of data time (UTC), tag {@code
 * hop:name}: what HistogramLogProcessor and the plotters read.
 *
 * <p>HdrHistogram writes through a PrintStream, which is silent about a full disk; so the stream is
 * our own and asked after every interval. On an error the listener is told once, the file is closed
 * and each following interval tries again: the torn line is cut off and writing goes on. Empty
 * intervals are not written. A day's file stops growing at {@link #MAX_FILE_BYTES}.
 *
 * <p>Reporter thread only.
 */
public final class LatencyLog implements IntervalSink {
    /** The largest a day's file gets; what comes later that day is dropped and told. */
    public static final long MAX_FILE_BYTES = 512L << 20;

    /** Histograms hold nanoseconds; the readable maximum of each line is in milliseconds. */
    private static final double NANOS_PER_MILLI = 1e6;

    /** Told about trouble with the files and its end. Reporter thread; must not block. */
    public interface Listener {
        /**
         * Histograms are being lost: once per fault, the sentence names the file and the remedy.
         */
        void onFault(String reason);

        /** They are being kept again. */
        void onRecovered();
    }

    private final Path folder;
    private final long keepForNs;
    private final Listener listener;
    private LocalDate day;
    private Path file;
    private PrintStream stream;
    private HistogramLogWriter writer;

    /** The listener was told of a fault and not of its end. */
    private boolean faulty;

    /** The day's file has reached its largest size. */
    private boolean full;

    /** Opening failed in this interval: the next one tries again. */
    private boolean closedForInterval;

    /**
     * @param folder made when it is missing
     * @param keepForNs files whose day ended longer ago are deleted when a new day begins
     */
    public LatencyLog(final Path folder, final long keepForNs, final Listener listener) {
        this.folder = folder;
        this.keepForNs = keepForNs;
        this.listener = listener;
    }

    @Override
    public void append(
            final Hop hop,
            final String name,
            final long fromNs,
            final long toNs,
            final Histogram histogram) {
        if (ready(fromNs)) {
            histogram.setTag(tag(hop, name));
            writer.outputIntervalHistogram(
                    seconds(fromNs), seconds(toNs), histogram, NANOS_PER_MILLI);
        }
    }

    @Override
    public void intervalEnd() {
        closedForInterval = false;
        if (stream == null) {
            return;
        }
        if (stream.checkError()) {
            fault("cannot write " + file + ": free space on its disk or change latency.folder");
            closeFile();
            return;
        }
        try {
            full = Files.size(file) > MAX_FILE_BYTES;
            if (full) {
                fault(file + " is full for today: lengthen latency.interval");
            } else if (faulty) {
                faulty = false;
                listener.onRecovered();
            }
        } catch (final IOException e) {
            fault("cannot find " + file + " any more (" + e + "): leave it where it is");
            closeFile();
        }
    }

    @Override
    public void close() {
        intervalEnd();
        closeFile();
    }

    /** The tag of a hop and a name: only characters that the log's grammar leaves alone. */
    static String tag(final Hop hop, final String name) {
        return hop.label() + ':' + name.replaceAll("[^A-Za-z0-9_.:;=-]", "_");
    }

    /** Whether {@code writer} stands on the right day's file and may write. */
    private boolean ready(final long fromNs) {
        final LocalDate now = HlogFiles.day(fromNs);
        final LocalDate wanted = day != null && now.isBefore(day) ? day : now;
        if (stream != null && wanted.equals(day)) {
            return !full;
        }
        if (closedForInterval) {
            return false;
        }
        closeFile();
        try {
            open(wanted, fromNs);
            return true;
        } catch (final IOException e) {
            closedForInterval = true;
            fault(
                    "cannot open "
                            + file
                            + " ("
                            + e
                            + "): make its folder writable or change"
                            + " latency.folder");
            return false;
        }
    }

    private void open(final LocalDate wanted, final long fromNs) throws IOException {
        day = wanted;
        full = false;
        file = folder.resolve(HlogFiles.name(wanted));
        Files.createDirectories(folder);
        HlogFiles.deleteOlder(folder, HlogFiles.day(fromNs - keepForNs));
        HlogFiles.cutTornLine(file);
        final OutputStream bytes =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        final boolean fresh = Files.size(file) == 0;
        stream =
                new PrintStream(
                        new BufferedOutputStream(bytes, 1 << 16), false, StandardCharsets.US_ASCII);
        writer = new HistogramLogWriter(stream);
        if (fresh) {
            writer.outputComment("[Plumbline latencies, nanoseconds, one tag per hop and name]");
            writer.outputLogFormatVersion();
            writer.outputStartTime(fromNs / 1_000_000);
            writer.outputLegend();
        }
    }

    private void closeFile() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    private void fault(final String reason) {
        if (!faulty) {
            faulty = true;
            listener.onFault(reason);
        }
    }

    private static double seconds(final long nanos) {
        return nanos / 1e9;
    }
}
