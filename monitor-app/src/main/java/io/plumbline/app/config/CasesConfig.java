package io.plumbline.app.config;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.time.Duration;
import java.util.Map;

/**
 * How findings become cases and pages.
 *
 * @param pendingFor how long a finding must last before its case opens ({@code for})
 * @param keepFiringFor how long a case stays open after its finding closed
 * @param severities overrides of the catalogue's severities
 * @param pageFrom the lowest severity that is sent to the alert channels
 */
public record CasesConfig(
        PerKind pendingFor,
        PerKind keepFiringFor,
        Map<FindingKind, Severity> severities,
        Severity pageFrom) {

    public CasesConfig {
        severities = Map.copyOf(severities);
    }

    /** The severity configured for {@code kind}, or null for what the detector says. */
    public Severity severity(final FindingKind kind) {
        return severities.get(kind);
    }

    /** A duration for every kind, with exceptions. */
    public record PerKind(Duration byDefault, Map<FindingKind, Duration> byKind) {
        public PerKind {
            byKind = Map.copyOf(byKind);
        }

        /** The duration for {@code kind}. */
        public Duration of(final FindingKind kind) {
            return byKind.getOrDefault(kind, byDefault);
        }
    }
}
