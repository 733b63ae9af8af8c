package io.plumbline.app;

import io.plumbline.app.config.LatencyConfig;
import io.plumbline.app.latency.IntervalSink;
import io.plumbline.app.latency.LatencyLog;
import io.plumbline.app.latency.LatencyReporter;
import io.plumbline.metrics.LatencyRecorder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the configuration wants the latency histograms. */
final class LatencyRules {
    private static final Logger LOG = LoggerFactory.getLogger(LatencyRules.class);

    private LatencyRules() {}

    /** Reports of all of these. */
    static LatencyReporter reporter(
            final LatencyConfig config,
            final DataDirectory folder,
            final long startedNs,
            final List<List<LatencyRecorder>> recorders) {
        return new LatencyReporter(
                recorders.stream().flatMap(List::stream).toList(),
                sink(config, folder),
                config.interval().toNanos(),
                startedNs);
    }

    private static IntervalSink sink(final LatencyConfig config, final DataDirectory folder) {
        if (!config.logs()) {
            return IntervalSink.NONE;
        }
        return new LatencyLog(
                folder.resolve("latency"),
                config.keepFor().toNanos(),
                new LatencyLog.Listener() {
                    @Override
                    public void onFault(final String fault) {
                        LOG.warn("latency logs: {}", fault);
                    }

                    @Override
                    public void onRecovered() {
                        LOG.info("latency logs are written again");
                    }
                });
    }
}
