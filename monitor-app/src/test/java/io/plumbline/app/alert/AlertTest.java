package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTest {
    @TempDir Path folder;

    private static Alert alert(final String key, final String summary, final String detail) {
        return new Alert(
                "id", Alert.Action.TRIGGER, key, "e", Severity.LOW, "TEST", summary, detail, 0, 1);
    }

    @Test
    void json() throws IOException {
        final JsonNode read =
                new ObjectMapper().readTree(AlertJson.bytes(alert("k", "q\"\n", "{\"a\":1}")));
        assertEquals(
                "{\"id\":\"id\",\"action\":\"trigger\",\"dedupKey\":\"k\",\"episode\":\"e\","
                        + "\"severity\":\"LOW\",\"kind\":\"TEST\",\"summary\":\"q\\\"\\n\","
                        + "\"since\":\"1970-01-01T00:00:00.000000000Z\","
                        + "\"at\":\"1970-01-01T00:00:00.000000001Z\",\"finding\":{\"a\":1}}",
                read.toString());
        assertTrue(AlertJson.text(alert("k", "s", "")).endsWith("\"finding\":null}"));
    }

    @Test
    void bounds() {
        final String face = "\ud83d\ude00";
        final Alert cut = alert("k".repeat(300), face.repeat(2_000), "x".repeat(20_000));
        assertEquals(255, cut.dedupKey().length());
        assertEquals(1_024, cut.summary().codePointCount(0, cut.summary().length()));
        assertEquals("{\"omitted\":\"too long\",\"characters\":20000}", cut.detail());
        assertNotEquals(Alert.key("k".repeat(300) + 'a'), Alert.key("k".repeat(300) + 'b'));
        assertEquals("k".repeat(255), Alert.key("k".repeat(255)));
    }

    @Test
    void file() throws IOException {
        final Path path = folder.resolve("alerts.ndjson");
        try (NdjsonFileHook hook = new NdjsonFileHook("file", path, Long.MAX_VALUE, 0)) {
            final Alert one = alert("k", "s", "");
            assertEquals(Delivery.delivered(), hook.deliver(one, AlertJson.bytes(one)));
        }
        assertEquals(AlertJson.text(alert("k", "s", "")) + '\n', Files.readString(path));
        final NdjsonFileHook none = new NdjsonFileHook("f", path.resolve("x"), 1, 0);
        final Alert two = alert("k", "s", "");
        assertEquals(Delivery.Outcome.RETRY, none.deliver(two, new byte[0]).outcome());
    }
}
