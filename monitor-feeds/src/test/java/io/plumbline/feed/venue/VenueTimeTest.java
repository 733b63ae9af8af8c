package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.market.EightBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A time with room behind it is read eight bytes at a time, and as without. */
class VenueTimeTest {
    private static final String JUNK = "0123456789-:T.Z+ \u0000\u00ff/;";
    private static final int CHANGES = 20_000;

    private final Random random = new Random(20_261_128L);

    @Test
    void shouldReadRealTimes() {
        for (final String time :
                List.of(
                        "2026-08-09T21:05:53.170497445Z",
                        "2026-08-09T21:05:53.17049745Z",
                        "2021-04-17T16:43:37.242188Z",
                        "1970-01-01T00:00:00.1Z",
                        "2024-02-29T23:59:59.999Z",
                        "2261-12-31T23:59:59Z")) {
            final Instant instant = Instant.parse(time);
            final long ns = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
            assertEquals(ns, roomy(time), time);
            assertEquals(ns, bare(time), time);
        }
    }

    @Test
    void shouldReadChangedTimesAsTheGeneralWayDoes() {
        for (int i = 0; i < CHANGES; i++) {
            final StringBuilder time = new StringBuilder("2021-04-17T16:43:37.242188Z");
            for (int change = random.nextInt(3); change >= 0; change--) {
                final int at = random.nextInt(time.length());
                final char junk = JUNK.charAt(random.nextInt(JUNK.length()));
                switch (random.nextInt(6)) {
                    case 0 -> time.insert(at, junk);
                    case 1 -> time.deleteCharAt(at);
                    default -> time.setCharAt(at, junk);
                }
            }
            assertEquals(bare(time.toString()), roomy(time.toString()), time::toString);
        }
    }

    private static long bare(final String time) {
        final byte[] bytes = time.getBytes(StandardCharsets.ISO_8859_1);
        return VenueTime.rfc3339Ns(bytes, 0, bytes.length);
    }

    private static long roomy(final String time) {
        final byte[] bytes = time.getBytes(StandardCharsets.ISO_8859_1);
        return VenueTime.rfc3339Ns(
                Arrays.copyOf(bytes, bytes.length + EightBytes.SLACK), 0, bytes.length);
    }
}
