package io.plumbline.feed.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.market.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    private final JsonCursor cursor = new JsonCursor();

    @Test
    void shouldReadEveryKindOfValueInPlace() {
        start(" {\"a\" : -12 ,\"pu\":\"7\",\"long\":\"text\",\"x\":true,\"d\":1.50,\"n\":null}\n");
        final List<String> seen = new ArrayList<>();
        final Decimal decimal = new Decimal();
        assertTrue(cursor.beginObject());
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case 'a' -> seen.add("a=" + cursor.longValue(0));
                case 'p' << 8 | 'u' -> seen.add("pu=" + cursor.longValue(0));
                case 'x' -> seen.add("x=" + cursor.booleanValue(false));
                case 'd' -> seen.add("d=" + cursor.decimal(decimal) + decimal);
                case 'l' << 24 | 'o' << 16 | 'n' << 8 | 'g' ->
                        seen.add("long=" + cursor.string() + cursor.stringText());
                default -> cursor.skip();
            }
        }
        assertTrue(cursor.end());
        assertEquals(List.of("a=-12", "pu=7", "long=truetext", "x=true", "d=true1.5"), seen);
    }

    @Test
    void shouldResolveEscapesInKeysAndValues() {
        start("{\"\\u0065\":\"\\u20ac\\uD83D\\uDE00\\n\\\"\\/\\u00e4\",\"s\":\"\\u0042B\"}");
        assertTrue(cursor.beginObject());
        assertTrue(cursor.nextKey());
        assertEquals('e', cursor.shortKey());
        assertTrue(cursor.string());
        final byte[] bytes = cursor.stringBytes();
        final int from = cursor.stringStart();
        final int length = cursor.stringLength();
        assertTrue(cursor.nextKey());
        assertTrue(cursor.string());
        assertEquals("BB", cursor.stringText());
        assertEquals(
                "€😀\n\"/ä",
                new String(bytes, from, length, StandardCharsets.UTF_8),
                "an earlier slice stays valid");
        assertFalse(cursor.nextKey());
        assertTrue(cursor.end());
    }

    @Test
    void shouldReadHalfASurrogatePairAsReplacement() {
        start("\"\\uD800x\\uDC00\"");
        assertTrue(cursor.string());
        assertEquals("\uFFFDx\uFFFD", cursor.stringText());
        assertTrue(cursor.end());
    }

    @Test
    void shouldNotTakeAKeyWithALeadingNulForItsLastLetter() {
        start("{\"\\u0000e\":1,\"\":2}");
        cursor.beginObject();
        assertTrue(cursor.nextKey());
        assertEquals(0, cursor.shortKey());
        cursor.skip();
        assertTrue(cursor.nextKey());
        assertEquals(0, cursor.shortKey());
        cursor.skip();
        assertFalse(cursor.nextKey());
        assertTrue(cursor.end());
    }

    @Test
    void shouldConsumeAValueOfAnotherKindWithoutFailing() {
        start("[{\"a\":[1,2]},[],\"x\",1e3,9223372036854775808,9223372036854775807,\"-5\"]");
        assertTrue(cursor.beginArray());
        final List<Long> values = new ArrayList<>();
        while (cursor.nextElement()) {
            values.add(cursor.longValue(-1));
        }
        assertTrue(cursor.end());
        assertEquals(List.of(-1L, -1L, -1L, -1L, -1L, Long.MAX_VALUE, -5L), values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "{,}",
                "[1 2]",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "01",
                "-",
                "1.",
                ".5",
                "+1",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "Infinity",
                "tru",
                "truex",
                "nul",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\t\"",
                "\"\n\"",
                "{}{}",
                "1 2",
                "[}",
                "{]",
                "{\"a\":[}}",
                "\"a\"b",
                "//",
                "[1]//",
                "\uFEFF{}",
                "]",
                "}",
                ",",
                ":"
            })
    void shouldRefuseWhatIsNotJson(final String text) {
        start(text);
        cursor.skip();
        assertFalse(cursor.end(), text);
        assertTrue(cursor.failed());
        assertTrue(cursor.errorPosition() >= 0 && cursor.errorPosition() <= utf8(text).length);
        assertFalse(cursor.beginObject());
        assertFalse(cursor.nextKey());
        assertFalse(cursor.nextElement());
        assertFalse(cursor.string());
    }

    @Test
    void shouldNameTheFirstOffence() {
        start("{\"a\":1,\"b\":tru}");
        cursor.skip();
        assertEquals(14, cursor.errorPosition());
    }

    @Test
    void shouldLimitDepthHoweverItIsReached() {
        final int most = JsonCursor.MAX_DEPTH;
        start("[".repeat(most) + "]".repeat(most));
        cursor.skip();
        assertTrue(cursor.end());
        start("[".repeat(most + 1) + "]".repeat(most + 1));
        cursor.skip();
        assertFalse(cursor.end());
        start("[".repeat(most + 1) + "]".repeat(most + 1));
        for (int i = 0; i < most; i++) {
            assertTrue(cursor.beginArray() && cursor.nextElement());
        }
        assertFalse(cursor.beginArray());
        assertTrue(cursor.failed());
        start("{\"a\":".repeat(100_000));
        cursor.skip();
        assertFalse(cursor.end());
    }

    @Test
    void shouldStayWithinItsSlice() {
        final byte[] bytes = utf8("xx{\"a\":1}yy");
        cursor.reset(bytes, 2, 7);
        cursor.skip();
        assertTrue(cursor.end());
        cursor.reset(bytes, 2, 6);
        cursor.skip();
        assertFalse(cursor.end());
        assertEquals(6, cursor.errorPosition());
    }

    private void start(final String text) {
        final byte[] bytes = utf8(text);
        cursor.reset(bytes, 0, bytes.length);
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
