package io.plumbline.app.config;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How findings become cases and pages. */
final class CasesReader {
    private static final String DEFAULT = "default";
    private static final ValueReader<Duration> HOLD = Values.duration("0s", "1d");
    private static final ValueReader<Severity> SEVERITY =
            Values.choice("severity", List.of(Severity.values()), Severity::name);

    private CasesReader() {}

    static CasesConfig read(final YamlMap at) {
        final CasesConfig cases =
                new CasesConfig(
                        perKind(at.map("for"), Duration.ZERO),
                        perKind(at.map("keepFiringFor"), Duration.ofSeconds(5)),
                        byKind(at.map("severity"), SEVERITY),
                        at.value("pageFrom", Severity.MEDIUM, SEVERITY),
                        group(at.map("group")),
                        MaintenanceReader.read(at));
        at.done();
        return cases;
    }

    private static CasesConfig.Group group(final YamlMap at) {
        final CasesConfig.Group fallback = CasesConfig.Group.DEFAULT;
        final CasesConfig.Group group =
                new CasesConfig.Group(
                        at.value("wait", fallback.gather(), Values.duration("0s", "1m")),
                        at.value("interval", fallback.interval(), Values.duration("1s", "1h")),
                        at.value("repeat", fallback.repeat(), Values.duration("0s", "7d")));
        at.done();
        return group;
    }

    private static CasesConfig.PerKind perKind(final YamlMap at, final Duration fallback) {
        final Duration byDefault = at.value(DEFAULT, fallback, HOLD);
        return new CasesConfig.PerKind(byDefault, byKind(at, HOLD));
    }

    private static <T> Map<FindingKind, T> byKind(final YamlMap at, final ValueReader<T> reader) {
        final Map<FindingKind, T> values = new EnumMap<>(FindingKind.class);
        Arrays.stream(FindingKind.values())
                .forEach(
                        kind -> {
                            final T value = at.value(kind.name(), null, reader);
                            if (value != null) {
                                values.put(kind, value);
                            }
                        });
        at.done();
        return values;
    }
}
