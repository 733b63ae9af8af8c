package io.plumbline.feed.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Our cursor and Jackson, both strict, over the same mutated texts: accepted and refused alike, and
 * the same values. Known differences, kept out of the comparison: invalid UTF-8 (ours does not
 * look), and half surrogate pairs (Jackson hands out the half, ours U+FFFD).
 */
class JsonCursorAgainstJacksonTest {
    private static final long SEED = 20261123L;
    private static final int ROUNDS = 60_000;
    private static final String[] TEXTS = {
        "{\"e\":\"trade\",\"E\":1723161255343,\"s\":\"BTCUSDT\",\"p\":\"61837.63\",\"m\":true}",
        "{\"stream\":\"btcusdt@depth\",\"data\":{\"b\":[[\"1.0\",\"2\"],[]],\"a\":[],\"n\":null}}",
        " [ -0.5e+10 , {\"k\\u0041\\n\":\"\\uD83D\\uDE00 \\\\ \\/\"}, false, [[[]]], {}, 0 ] ",
        "{\"a\":\"ä€😀 and a long plain text that fills several"
                + " words\",\"b\":12345678901234567890}",
        "{\"lastUpdateId\":1,\"x\":{\"y\":{\"z\":[1,2,{\"q\":\"\\\"\"}]}},\"x\":2}",
    };
    private static final byte[] BRICKS =
            "{}[]\",:0123456789eE+-.tfn\\u/ \n\tabc\u0001".getBytes(StandardCharsets.US_ASCII);

    private final JsonFactory jackson = new JsonFactory();
    private final JsonCursor cursor = new JsonCursor();

    @Test
    void shouldAgreeOnMutatedTexts() throws IOException {
        final Random random = new Random(SEED);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] bytes = mutate(random, TEXTS[random.nextInt(TEXTS.length)]);
            final List<String> ours = ours(bytes);
            final String text = strictUtf8(bytes);
            if (text != null) {
                final List<String> theirs = theirs(text);
                accepted += theirs == null ? 0 : 1;
                assertEquals(theirs, ours, "seed " + SEED + " round " + round + ": " + text);
            }
            cursor.reset(bytes, 0, bytes.length);
            cursor.skip();
            assertEquals(ours != null, cursor.end(), "skipping, seed " + SEED + " round " + round);
        }
        assertEquals(true, accepted > ROUNDS / 20, "too few legal texts to prove anything");
    }

    private static byte[] mutate(final Random random, final String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            final int at = random.nextInt(bytes.length);
            final byte brick = BRICKS[random.nextInt(BRICKS.length)];
            final ByteBuffer out = ByteBuffer.allocate(bytes.length * 2 + 1);
            out.put(bytes, 0, at);
            switch (random.nextInt(5)) {
                case 0 -> out.put(brick).put(bytes, at, bytes.length - at);
                case 1 -> out.put(brick).put(bytes, at + 1, bytes.length - at - 1);
                case 2 -> out.put(bytes, at + 1, bytes.length - at - 1);
                case 3 -> {
                    final int length = random.nextInt(bytes.length - at) + 1;
                    out.put(bytes, at, length).put(bytes, at, bytes.length - at);
                }
                default -> {
                    // Cut here: a torn message.
                }
            }
            bytes = new byte[out.flip().remaining()];
            out.get(bytes);
        }
        return bytes;
    }

    private List<String> ours(final byte[] bytes) {
        cursor.reset(bytes, 0, bytes.length);
        final List<String> values = new ArrayList<>();
        walk(values);
        return cursor.end() ? values : null;
    }

    private void walk(final List<String> values) {
        switch (cursor.peek()) {
            case '{' -> {
                values.add("{");
                cursor.beginObject();
                while (cursor.nextKey()) {
                    values.add("key " + cursor.keyText());
                    walk(values);
                }
                values.add("}");
            }
            case '[' -> {
                values.add("[");
                cursor.beginArray();
                while (cursor.nextElement()) {
                    walk(values);
                }
                values.add("]");
            }
            case '"' -> {
                cursor.string();
                values.add("string " + cursor.stringText());
            }
            case 't', 'f' -> values.add("boolean " + cursor.booleanValue(false));
            case 'n' -> {
                cursor.skip();
                values.add("null");
            }
            default -> {
                cursor.number();
                values.add("number " + cursor.stringText());
            }
        }
    }

    private List<String> theirs(final String text) throws IOException {
        final List<String> values = new ArrayList<>();
        int depth = 0;
        try (JsonParser parser = jackson.createParser(text)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return null;
            }
            while (token != null) {
                if (!values.isEmpty() && depth == 0) {
                    return null;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values.add(
                        switch (token) {
                            case FIELD_NAME -> "key " + whole(parser.currentName());
                            case VALUE_STRING -> "string " + whole(parser.getText());
                            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                                    "number " + parser.getText();
                            case VALUE_TRUE, VALUE_FALSE -> "boolean " + parser.getText();
                            default -> parser.getText();
                        });
                token = parser.nextToken();
            }
        } catch (final com.fasterxml.jackson.core.JsonProcessingException e) {
            return null;
        }
        return depth == 0 ? values : null;
    }

    /** Halves of surrogate pairs as ours reads them. */
    private static String whole(final String text) {
        final StringBuilder out = new StringBuilder();
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static String strictUtf8(final byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (final CharacterCodingException e) {
            return null;
        }
    }
}
