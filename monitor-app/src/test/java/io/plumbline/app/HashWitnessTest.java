package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.http.Dependency;
import org.junit.jupiter.api.Test;

/** A gate that cannot be written closes every engine that reads it: whoever asks is told. */
class HashWitnessTest {
    @Test
    void isOneOfTheDependencies() {
        final HashWitness witness = new HashWitness("redis://127.0.0.1:6379/0", () -> 77);
        assertTrue(witness.dependency().healthy());
        witness.onLost("connection refused");
        final Dependency lost = witness.dependency();
        assertFalse(lost.healthy());
        assertEquals("LOST", lost.state());
        assertEquals("connection refused", lost.detail());
        assertEquals(77, lost.sinceNs());
        witness.onKept();
        assertEquals("KEPT", witness.dependency().state());
    }
}
