package io.plumbline.app.config;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How findings become cases and pages.
 *
 * @param pendingFor how long a finding must last before its case opens ({@code for})
 * @param keepFiringFor how long a case stays open after its finding closed
 * @param severities overrides of the catalogue's severities
 * @param pageFrom the lowest severity that is sent to the alert channels
 * @param group how cases of one kind and venue share a page
 * @param maintenance times in which some cases page nobody; names are unique
 */
public record CasesConfig(
        PerKind pendingFor,
        PerKind keepFiringFor,
        Map<FindingKind, Severity> severities,
        Severity pageFrom,
        Group group,
        List<MaintenanceConfig> maintenance) {

    public CasesConfig {
        severities = Map.copyOf(severities);
        maintenance = List.copyOf(maintenance);
    }

    /**
     * How cases of one kind and venue share a page.
     *
     * @param gather from the first that opens to their page; zero for a page each
     * @param interval before the page is said again because more have come
     * @param repeat after which a page is said again that nobody has acknowledged; zero for never
     */
    public record Group(Duration gather, Duration interval, Duration repeat) {
        /** What holds where nothing is given. */
        public static final Group DEFAULT =
                new Group(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(30));
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
