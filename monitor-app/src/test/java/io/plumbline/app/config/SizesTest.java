package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0B, 0, 0B",
        "512B, 512, 512B",
        "1024B, 1024, 1KiB",
        "1KB, 1000, 1KB",
        "128MiB, 134217728, 128MiB",
        "20GB, 20000000000, 20GB",
        "20GiB, 21474836480, 20GiB",
        "2TiB, 2199023255552, 2TiB"
    })
    void sizes(final String text, final long bytes, final String printed) {
        assertEquals(bytes, Sizes.parse(text));
        assertEquals(printed, Sizes.print(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "MiB", "-5MiB", "1.5GB", "5 MB", "5mb", "9999999TiB"})
    void shouldRefuseWhatHasNoUnitOrDoesNotFit(final String text) {
        assertThrows(BadValue.class, () -> Sizes.parse(text));
    }

    @Test
    void shouldReadWhatItPrints() {
        final long seed = 43;
        final Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            final long bytes = random.nextLong(1L << random.nextInt(1, 59));
            assertEquals(bytes, Sizes.parse(Sizes.print(bytes)), "seed " + seed);
        }
    }
}
