package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By which formats values of all sorts may be prices. */
final class FormatGuessTest {
    private static List<String> guessed(final byte[] value) {
        return guessed(new FoundKey("k", "string", value, Map.of()));
    }

    private static List<String> guessed(final String value) {
        return guessed(value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> guessed(final FoundKey key) {
        return FormatGuess.of(key).stream().map(ValueFormat::toString).toList();
    }

    @Test
    void shouldReadPlainNumbersAsSuch() {
        assertEquals(List.of("plain"), guessed("61602.01"));
        assertEquals(List.of("plain"), guessed("1.5e-7"));
        assertEquals(List.of(), guessed("1764000000000"), "a time");
        assertEquals(List.of(), guessed("-1"));
        assertEquals(List.of(), guessed("running"));
        assertEquals(List.of(), guessed(""));
    }

    @Test
    void shouldFindEveryNumberOfADocumentTheTellingNamesFirst() {
        assertEquals(
                List.of("json:data.0.bid", "json:data.0.ask", "json:n", "json:data.0.q"),
                guessed(
                        "{\"n\":7,\"t\":1764000000000,\"s\":\"BTCUSDT\",\"data\":[{\"q\":\"2\","
                                + "\"bid\":1.5,\"ask\":\"1.6\",\"a b\":3,\"x.y\":4}]}"));
        assertEquals(List.of("json:."), guessed("\"1.5\""));
        assertEquals(List.of("json:1"), guessed("[\"BTC\",1.5,null]"));
        assertEquals(6, guessed("[1,2,3,4,5,6,7,8,9]").size());
        assertEquals(List.of(), guessed("{\"price\":null}"));
    }

    @Test
    void shouldFindTheNumbersOfMessagePack() {
        assertEquals(
                List.of("msgpack:p", "msgpack:d.1"),
                guessed(HexFormat.of().parseHex("83a173a142a164920005a170cb40f093219999999a")));
        assertEquals(List.of("msgpack:."), guessed(HexFormat.of().parseHex("ca4784990d")));
    }

    @Test
    void shouldFindTheNumbersOfAHash() {
        final Map<String, byte[]> fields =
                Map.of(
                        "ts", "1764000000000".getBytes(StandardCharsets.UTF_8),
                        "last", "1.5".getBytes(StandardCharsets.UTF_8),
                        "vol", "12".getBytes(StandardCharsets.UTF_8),
                        "name", "BTC".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of("hash:last", "hash:vol"), guessed(new FoundKey("k", "hash", null, fields)));
        assertEquals(List.of(), guessed(new FoundKey("k", "list", null, Map.of())));
    }
}
