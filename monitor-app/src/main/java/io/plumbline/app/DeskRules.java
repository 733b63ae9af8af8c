package io.plumbline.app;

import io.plumbline.app.config.CasesConfig;
import io.plumbline.app.config.MaintenanceConfig;
import io.plumbline.app.desk.CaseMatcher;
import io.plumbline.app.desk.DeskSettings;
import io.plumbline.app.desk.MaintenanceWindow;
import io.plumbline.finding.FindingKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What the configuration says of cases, as the desk takes it. */
final class DeskRules {
    private DeskRules() {}

    static DeskSettings of(final CasesConfig cases) {
        final DeskSettings defaults = DeskSettings.defaults();
        return new DeskSettings(
                nanos(cases.pendingFor().byKind()),
                cases.pendingFor().byDefault().toNanos(),
                nanos(cases.keepFiringFor().byKind()),
                cases.keepFiringFor().byDefault().toNanos(),
                cases.severities(),
                cases.pageFrom(),
                defaults.causeWaitNs(),
                defaults.settleNs(),
                defaults.restartGraceNs(),
                defaults.pagesPerMinute(),
                defaults.criticalPagesPerMinute(),
                defaults.maxCases(),
                new DeskSettings.Grouping(
                        cases.group().gather().toNanos(),
                        cases.group().interval().toNanos(),
                        cases.group().repeat().toNanos()),
                defaults.flapping(),
                cases.maintenance().stream().map(DeskRules::window).toList());
    }

    private static MaintenanceWindow window(final MaintenanceConfig window) {
        return new MaintenanceWindow(
                window.name(),
                new CaseMatcher(
                        window.kinds(), window.venues(), window.symbols(), window.sources()),
                window.days(),
                window.from(),
                window.to(),
                window.zone());
    }

    private static Map<FindingKind, Long> nanos(final Map<FindingKind, Duration> durations) {
        final Map<FindingKind, Long> nanos = new EnumMap<>(FindingKind.class);
        durations.forEach((kind, duration) -> nanos.put(kind, duration.toNanos()));
        return nanos;
    }
}
