package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0s, 0, 0s",
        "0ms, 0, 0s",
        "7ns, 7, 7ns",
        "3us, 3000, 3us",
        "250ms, 250000000, 250ms",
        "1000ms, 1000000000, 1s",
        "90s, 90000000000, 90s",
        "5m, 300000000000, 5m",
        "24h, 86400000000000, 1d",
        "7d, 604800000000000, 7d"
    })
    void durations(final String text, final long nanos, final String printed) {
        assertEquals(Duration.ofNanos(nanos), Durations.parse(text));
        assertEquals(printed, Durations.print(Duration.ofNanos(nanos)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "5", "s", "-5s", "+5s", "1.5s", "5 s", "5S", "5sec", "5s ", "１s", "1h30m"
            })
    void shouldRefuseWhatHasNoUnitOrIsNoNumber(final String text) {
        final BadValue bad = assertThrows(BadValue.class, () -> Durations.parse(text));
        assertEquals(
                "is no duration; write a whole number with a unit (ns, us, ms, s, m, h, d),"
                        + " for example 250ms",
                bad.getMessage());
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        assertThrows(BadValue.class, () -> Durations.parse("999999999999999999s"));
        assertThrows(BadValue.class, () -> Durations.parse("9999999999999999999s"));
    }

    @Test
    void shouldReadWhatItPrints() {
        final long seed = 42;
        final Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            final Duration duration =
                    Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 63)));
            assertEquals(duration, Durations.parse(Durations.print(duration)), "seed " + seed);
        }
    }
}
