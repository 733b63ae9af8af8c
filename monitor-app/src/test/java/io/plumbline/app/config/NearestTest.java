package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KEYS = List.of("tick", "name", "ring", "lagBudget");

    @Test
    void shouldFindMisspeltWords() {
        assertEquals("tick", Nearest.of("tik", KEYS));
        assertEquals("tick", Nearest.of("tikc", KEYS));
        assertEquals("name", Nearest.of("Name", KEYS));
        assertEquals("lagBudget", Nearest.of("lagbuget", KEYS));
        assertEquals("lagBudget", Nearest.of("lag_budget", KEYS));
    }

    @Test
    void shouldNotGuessWildly() {
        assertNull(Nearest.of("port", KEYS));
        assertNull(Nearest.of("", KEYS));
        assertNull(Nearest.of("tick".repeat(1_000), KEYS));
    }

    @Test
    void shouldNotListThousands() {
        final List<String> many = IntStream.range(100, 200).mapToObj(i -> "a" + i).toList();
        final String advice = Nearest.advice("something else", many);
        assertTrue(advice.startsWith("known: a100, a101, "), advice);
        assertTrue(advice.endsWith(", a139 and 60 more"), advice);
    }

    @Test
    void shouldListWhatThereIsWhenNothingIsNear() {
        assertEquals("known: tick, name, ring, lagBudget", Nearest.advice("port", KEYS));
        assertEquals("did you mean \"tick\"?", Nearest.advice("tik", KEYS));
        assertEquals("there is none to choose", Nearest.advice("tik", List.of()));
    }
}
