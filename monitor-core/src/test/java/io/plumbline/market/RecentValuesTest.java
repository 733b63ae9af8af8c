package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentValuesTest {
    private final RecentValues recent = new RecentValues(100);

    private List<Integer> of(final long mantissa) {
        final List<Integer> instruments = new ArrayList<>();
        for (int way = 0; way < RecentValues.WAYS; way++) {
            instruments.add(recent.instrument(mantissa, way));
        }
        return instruments;
    }

    @Test
    void shouldKnowTheNewestFirstAndForgetTheOldest() {
        assertEquals(List.of(-1, -1, -1, -1), of(12_345));
        for (final int instrument : new int[] {1, 2, 3, 2, 4, 5}) {
            recent.add(12_345, instrument);
        }
        assertEquals(List.of(5, 4, 2, 3), of(12_345));
    }

    @Test
    void shouldNotKeepValuesThatExplainNothing() {
        recent.add(99, 1);
        assertEquals(List.of(-1, -1, -1, -1), of(99));
    }
}
