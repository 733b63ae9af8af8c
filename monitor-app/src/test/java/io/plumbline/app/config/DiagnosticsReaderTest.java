package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticsReaderTest {
    @Test
    void shouldReplaceWhatTheGuideSays() throws ConfigException {
        final Config config =
                ConfigText.load(
                        ConfigText.MINIMAL
                                + "diagnostics: {freshWithin: 9s, ping: {bad: 1s}, success: {warn:"
                                + " 90%}, parseErrors: {bad: 20%}, missingSymbols: 3, memory:"
                                + " 70%}\n");
        assertEquals(
                new DiagnosticsConfig(
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(30),
                        new DiagnosticsConfig.Ping(Duration.ofMillis(50), Duration.ofSeconds(1)),
                        new DiagnosticsConfig.Percents(90, 80),
                        5,
                        new DiagnosticsConfig.Percents(5, 20),
                        new DiagnosticsConfig.Percents(80, 50),
                        2,
                        3,
                        70,
                        70),
                config.diagnostics());
        assertEquals(config, ConfigText.load(config.toYaml()));
    }

    @Test
    void shouldNameLimitsInTheWrongOrder() {
        assertEquals(
                List.of(
                        "x.yaml:2:28: diagnostics.ping.warn: is not below `bad`; lower it",
                        "x.yaml:2:49: diagnostics.success.warn: is not above `bad`; raise it",
                        "x.yaml:2:75: diagnostics.parseErrors.warn: is not below `bad`; lower it"),
                ConfigText.problems(
                        ConfigText.MINIMAL
                                + "diagnostics: {ping: {warn: 1s}, success: {warn: 80%},"
                                + " parseErrors: {warn: 10%}}\n"));
    }
}
