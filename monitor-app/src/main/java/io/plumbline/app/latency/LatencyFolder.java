package io.plumbline.app.latency;

import io.plumbline.metrics.Hop;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** Reads what {@link LatencyLog} wrote: interval by interval, so whatever its size. One thread. */
public final class LatencyFolder {
    private static final long MILLI_NS = 1_000_000L;

    private LatencyFolder() {}

    /**
     * Adds the intervals of which a part lies within {@code fromNs} to {@code toNs}.
     *
     * @param without hops that are known better from elsewhere
     * @return how many were added
     */
    public static long read(
            final Path folder,
            final long fromNs,
            final long toNs,
            final Set<Hop> without,
            final LatencyTotals into)
            throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".hlog")).sorted().toList();
        }
        long added = 0;
        for (final Path file : files) {
            try (HistogramLogReader reader = new HistogramLogReader(new File(file.toString()))) {
                while (reader.hasNext()) {
                    final EncodableHistogram next = reader.nextIntervalHistogram();
                    final Hop hop = next == null ? null : hop(next.getTag());
                    if (hop != null
                            && !without.contains(hop)
                            && next instanceof Histogram histogram
                            && histogram.getEndTimeStamp() > fromNs / MILLI_NS
                            && histogram.getStartTimeStamp() < toNs / MILLI_NS) {
                        final String tag = histogram.getTag();
                        into.add(hop, tag.substring(tag.indexOf(':') + 1), histogram);
                        added++;
                    }
                }
            }
        }
        return added;
    }

    /** The hop of a tag {@code hop:name}, null where it is none. */
    private static Hop hop(final String tag) {
        for (final Hop hop : Hop.values()) {
            if (tag != null && tag.startsWith(hop.label() + ':')) {
                return hop;
            }
        }
        return null;
    }
}
