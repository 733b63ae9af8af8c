package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.watch.Watch;
import io.plumbline.inbound.Inbound;
import io.plumbline.journal.JournalWriter;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The journal of a live run. */
final class JournalRoom {
    private JournalRoom() {}

    /** The writer that is configured, or null. */
    static JournalWriter of(
            final Config config,
            final DataDirectory folder,
            final Watch watch,
            final Inbound inbound,
            final SelfReports reports,
            final Counters counters,
            final EpochNanoClock clock)
            throws CannotStartException {
        return config.journal().enabled()
                ? new JournalWriter(
                        JournalRules.of(config, folder.resolve("journal")),
                        config.toYaml().getBytes(StandardCharsets.UTF_8),
                        watch.sourcesRecord(),
                        clock,
                        counters,
                        reports.journalInto(inbound))
                : null;
    }

    static void start(final JournalWriter journal) throws CannotStartException {
        try {
            RecoveredSegments.tell(journal.start(Monitor::background));
        } catch (final IOException e) {
            throw new CannotStartException(e.getMessage(), e);
        }
    }
}
