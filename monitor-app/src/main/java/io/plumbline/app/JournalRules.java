package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.journal.JournalSettings;
import java.nio.file.Path;

/** What the configuration says of the journal, as its writer takes it. */
final class JournalRules {
    /** The writer's buffer holds at least two of the longest messages. */
    private static final int BUFFERS = 2;

    private JournalRules() {}

    static JournalSettings of(final Config config, final Path directory) {
        final JournalSettings defaults = JournalSettings.defaults(directory);
        return new JournalSettings(
                directory,
                config.journal().segmentBytes(),
                Math.max(
                        defaults.bufferBytes(),
                        BUFFERS * config.monitor().ring().maxMessageBytes()),
                config.journal().fsync().toNanos(),
                config.journal().keepFor().toNanos(),
                config.journal().keepBytes(),
                0,
                config.journal().diskFloorPercent(),
                defaults.retryPauseNs());
    }
}
