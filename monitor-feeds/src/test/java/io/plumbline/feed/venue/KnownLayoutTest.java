package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.market.EightBytes;
import io.plumbline.market.PlainNumber;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KnownLayoutTest {
    private final KnownLayout layout = new KnownLayout(FrameText.ascii("a"), FrameText.ascii("b"));
    private byte[] bytes = {};
    private int to;

    @Test
    void shouldKnowWhatStandsBetweenTheValues() {
        learn("{\"x\":1,\"deeper\":{\"a\":[2,\"3\"]},\"b\":null,\"last\":{}}}}");

        assertEquals(4, layout.values());
        assertEquals(KnownLayout.OTHER, layout.field(0));
        assertEquals(KnownLayout.OTHER, layout.field(1));
        assertEquals(1, layout.field(3));
        assertTrue(layout.has(1));
        assertFalse(layout.has(0), "the deeper object's own key is another one");
        assertEquals(5, layout.behind(bytes, 0, to, 0));
        assertEquals(to, layout.behind(bytes, to - 13, to, 4));
    }

    @Test
    void shouldMissWhatStandsThereOtherwise() {
        learn("{\"longer than a word\":1,\"b\":2}");
        final int first = layout.behind(bytes, 0, to, 0);
        for (int at = 0; at < first; at++) {
            bytes[at] ^= 1;
            assertEquals(PlainNumber.NO, layout.behind(bytes, 0, to, 0));
            bytes[at] ^= 1;
        }
        assertEquals(PlainNumber.NO, layout.behind(bytes, 0, first - 1, 0), "it is cut off");
        assertEquals(PlainNumber.NO, layout.behind(bytes, PlainNumber.NO, to, 0));
    }

    @Test
    void shouldNotLearnWhatIsNotPlain() {
        for (final String text :
                new String[] {
                    "{\"a\":1,\"a\":2}",
                    "{\"a\": 1}",
                    "{\"\\u0061\":1}",
                    "{\"a\":{}}",
                    "{\"a\":[1]}"
                }) {
            learn(text);
            assertTrue(layout.values() < 0, text);
        }
        learn("[" + "1,".repeat(80) + "1]");
        assertTrue(layout.values() < 0, "too many values");
        learn("{\"" + "k".repeat(5_000) + "\":1}");
        assertTrue(layout.values() < 0, "too long a key");
    }

    @Test
    void shouldTellOneFormFromAnother() {
        final KnownLayout other = new KnownLayout(FrameText.ascii("a"), FrameText.ascii("b"));
        learn("{\"a\":1,\"b\":2}");
        assertFalse(layout.isLike(other));
        other.learn(bytes, 0, to);
        assertTrue(layout.isLike(other));
        learn("{\"a\":123,\"b\":\"45\"}");
        assertTrue(layout.isLike(other), "values do not count");
        learn("{\"b\":1,\"a\":2}");
        assertFalse(layout.isLike(other));
    }

    private void learn(final String text) {
        final byte[] exact = text.getBytes(StandardCharsets.US_ASCII);
        bytes = Arrays.copyOf(exact, exact.length + EightBytes.SLACK);
        to = exact.length;
        layout.learn(bytes, 0, to);
    }
}
