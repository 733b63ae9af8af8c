package io.plumbline.app.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.metrics.Hop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a live run wrote is added up again, as far as it is of the time asked for. */
class LatencyFolderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_795_435_200L * SECOND;

    @TempDir private Path folder;

    private static Histogram histogram(final long... values) {
        final Histogram histogram = new Histogram(1_000, 60 * SECOND, 2);
        for (final long value : values) {
            histogram.recordValue(value);
        }
        return histogram;
    }

    @Test
    void shouldAddUpTheIntervalsOfTheTimeAskedFor() throws IOException {
        try (LatencyLog log =
                new LatencyLog(
                        folder,
                        7 * 86_400 * SECOND,
                        new LatencyLog.Listener() {
                            @Override
                            public void onFault(final String reason) {
                                throw new AssertionError(reason);
                            }

                            @Override
                            public void onRecovered() {}
                        })) {
            for (int i = 0; i < 4; i++) {
                final long fromNs = START + i * 10 * SECOND;
                log.append(
                        Hop.ENGINE, "all", fromNs, fromNs + 10 * SECOND, histogram(5_000, 9_000));
                log.append(Hop.SOCKET_TO_REDIS, "all", fromNs, fromNs + 10 * SECOND, histogram(1));
                log.intervalEnd();
            }
        }
        Files.writeString(folder.resolve("notes.txt"), "not ours");
        final LatencyTotals totals = new LatencyTotals();
        final long added =
                LatencyFolder.read(
                        folder,
                        START + 10 * SECOND,
                        START + 30 * SECOND,
                        Set.of(Hop.SOCKET_TO_REDIS),
                        totals);
        assertEquals(2, added);
        assertEquals(
                List.of("engine all 4"),
                totals.all().stream()
                        .map(of -> of.hop().label() + ' ' + of.name() + ' ' + of.stats().count())
                        .toList());
    }
}
