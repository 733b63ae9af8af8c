package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
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
    void shouldListWhatThereIsWhenNothingIsNear() {
        assertEquals("known: tick, name, ring, lagBudget", Nearest.advice("port", KEYS));
        assertEquals("did you mean \"tick\"?", Nearest.advice("tik", KEYS));
        assertEquals("there is none to choose", Nearest.advice("tik", List.of()));
    }
}
