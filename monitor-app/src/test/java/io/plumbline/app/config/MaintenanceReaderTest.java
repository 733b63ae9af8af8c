package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaintenanceReaderTest {
    private static final String WINDOW =
            """
            cases:
              group: {wait: 2s, interval: 1m, repeat: 0s}
              maintenance:
                - {name: weekly, days: [sunday, monday], from: "02:00", to: "03:30", zone: Europe/London,
                   venue: "binance-*", kind: [FEED_*, SYMBOL_STALE]}
                - {name: night, from: 23:00, to: 24:00, zone: UTC, source: redis/main, symbol: "*/USDT"}
            """;

    private static CasesConfig load(final String cases) throws ConfigException {
        return ConfigText.load(ConfigText.MINIMAL + cases).cases();
    }

    @Test
    void windowsAndGroups() throws ConfigException {
        final CasesConfig cases = load(WINDOW);
        assertEquals(
                List.of(
                        new MaintenanceConfig(
                                "weekly",
                                Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
                                LocalTime.of(2, 0),
                                LocalTime.of(3, 30),
                                ZoneId.of("Europe/London"),
                                List.of("FEED_*", "SYMBOL_STALE"),
                                List.of("binance-*"),
                                List.of(),
                                List.of()),
                        new MaintenanceConfig(
                                "night",
                                Set.of(),
                                LocalTime.of(23, 0),
                                LocalTime.MIDNIGHT,
                                ZoneId.of("UTC"),
                                List.of(),
                                List.of(),
                                List.of("*/USDT"),
                                List.of("redis/main"))),
                cases.maintenance());
        assertEquals(
                new CasesConfig.Group(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ZERO),
                cases.group());
        final String printed = ConfigText.load(ConfigText.MINIMAL + WINDOW).toYaml();
        assertEquals(cases, ConfigText.load(printed).cases(), printed);
    }

    @Test
    void errorsNameThePlaceAndTheRemedy() {
        assertProblem(
                WINDOW.replace("Europe/London", "Europe/Lodnon"),
                "cases.maintenance[0].zone: \"Europe/Lodnon\" is no time zone; did you mean"
                        + " \"Europe/London\"?");
        assertProblem(
                WINDOW.replace("SYMBOL_STALE", "SYMBOL_STALEE"),
                "cases.maintenance[0].kind[1]: \"SYMBOL_STALEE\" is no kind of finding; did you"
                        + " mean \"SYMBOL_STALE\"?");
        assertProblem(
                WINDOW.replace("[sunday, monday]", "[sundy]"),
                "cases.maintenance[0].days[0]: \"sundy\" is no day of the week; did you mean"
                        + " \"sunday\"?");
        assertProblem(
                WINDOW.replace("\"02:00\"", "2am"),
                "cases.maintenance[0].from: \"2am\" is no time of day; write \"HH:MM\" with its"
                        + " quotes");
        assertProblem(
                WINDOW.replace("03:30", "02:00"),
                "cases.maintenance[0].to: is when it begins; for a whole day write from \"00:00\""
                        + " to \"24:00\"");
        assertProblem(
                WINDOW.replace("night", "weekly"),
                "cases.maintenance[1].name: is the name of another window too; give each its own");
        assertProblem(
                WINDOW.replace(", source: redis/main, symbol: \"*/USDT\"", ""),
                "cases.maintenance[1].name: names nothing that it is about; write kind, venue,"
                        + " symbol or source (venue: \"*\" for every venue)");
        assertProblem(
                WINDOW.replace("zone: UTC", "zone: UTC, venues: x"),
                "cases.maintenance[1].venues: unknown key; did you mean \"venue\"?");
    }

    private static void assertProblem(final String yaml, final String problem) {
        final ConfigException told = assertThrows(ConfigException.class, () -> load(yaml));
        assertEquals(
                problem,
                told.getMessage().replaceAll("(?s)^[^ ]+:\\d+:\\d+: ", ""),
                told.getMessage());
    }
}
