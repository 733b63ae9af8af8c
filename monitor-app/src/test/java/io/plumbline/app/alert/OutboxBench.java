package io.plumbline.app.alert;

import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Outboxes over a temporary folder, and what their listener heard. */
abstract class OutboxBench {
    static final OutboxSettings FAST =
            new OutboxSettings(
                    true,
                    100_000,
                    OutboxSettings.defaults().keepNs(),
                    10_000,
                    1L << 26,
                    2_000_000L,
                    5_000_000L,
                    2_000_000_000L);

    @TempDir Path folder;

    final List<Outbox> open = new ArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final Counters counters = new Counters();
    final OutboxListener listener =
            new OutboxListener() {
                @Override
                public void onFailed(final String channel, final Alert alert, final String why) {
                    heard.add("failed " + channel + ' ' + alert.dedupKey() + ": " + why);
                }

                @Override
                public void onRepeatFailed(final String channel, final String why) {
                    heard.add("not repeated " + channel + ": " + why);
                }

                @Override
                public void onStoreFault(final String reason) {
                    heard.add("fault");
                }

                @Override
                public void onStoreRecovered() {
                    heard.add("recovered");
                }
            };

    @AfterEach
    void closeAll() {
        open.forEach(Outbox::close);
    }

    final Outbox outbox(
            final String file, final OutboxSettings settings, final AlertChannel... channels) {
        final Outbox outbox =
                new Outbox(
                        folder.resolve(file),
                        settings,
                        List.of(channels),
                        Alerts.THREADS,
                        new SystemClock(),
                        new Random(7),
                        counters,
                        listener);
        open.add(outbox);
        outbox.start();
        return outbox;
    }
}
