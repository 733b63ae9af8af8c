package io.plumbline.app;

import io.plumbline.app.config.DiagnosticsConfig;
import io.plumbline.app.http.Thresholds;

/** What the configuration says of the diagnostic API, as it takes it. */
final class DiagnosticRules {
    private DiagnosticRules() {}

    static Thresholds of(final DiagnosticsConfig config) {
        return new Thresholds(
                config.freshWithin().toNanos(),
                config.silentFor().toNanos(),
                new Thresholds.Pair(config.ping().warn().toNanos(), config.ping().bad().toNanos()),
                pair(config.success()),
                config.failuresPerHour(),
                pair(config.parseErrors()),
                pair(config.freshness()),
                config.staleSymbols(),
                config.missingSymbols(),
                config.memory(),
                config.cpu());
    }

    private static Thresholds.Pair pair(final DiagnosticsConfig.Percents percents) {
        return new Thresholds.Pair(percents.warn(), percents.bad());
    }
}
