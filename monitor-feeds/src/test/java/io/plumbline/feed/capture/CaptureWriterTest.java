package io.plumbline.feed.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CaptureWriterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void shouldWriteTardis() throws IOException {
        writeAll(CaptureFormat.TARDIS);
        assertEquals(
                "2019-06-01T00:00:00.1234567Z {\"a\":1}\n"
                        + "\n"
                        + "2024-08-08T23:54:16.1722165Z { \"a\": 2}\n",
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldWriteLinesWithTheWholeStamp() throws IOException {
        writeAll(CaptureFormat.LINES);
        assertEquals(
                "1559347200123456789 {\"a\":1}\n1723161256172216566 { \"a\": 2}\n",
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayThatAFormatIsOnlyRead() {
        final IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new CaptureWriter(CaptureFormat.CRYPTOFEED_TEXT, out));
        assertEquals(
                "format cryptofeed-text is only read: export as lines or tardis",
                refused.getMessage());
    }

    private void writeAll(final CaptureFormat format) throws IOException {
        final CaptureWriter writer = new CaptureWriter(format, out);
        assertEquals(
                "true true/false false false true",
                write(writer, InboundType.FRAME_TEXT, 1559347200123456789L, "{\"a\":1}")
                        + (write(writer, InboundType.SESSION, 5, "DOWN closed by the venue")
                                        == (format == CaptureFormat.TARDIS)
                                ? " true/false "
                                : " wrong ")
                        + write(writer, InboundType.SESSION, 5, "LIVE")
                        + " "
                        + write(writer, InboundType.HEARTBEAT, 5, "")
                        + " "
                        + write(
                                writer,
                                InboundType.FRAME_TEXT,
                                1723161256172216566L,
                                "{\n\"a\":\r2}"));
    }

    private static boolean write(
            final CaptureWriter writer,
            final InboundType type,
            final long stampNs,
            final String payload)
            throws IOException {
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return writer.write(
                new InboundMessage().set(type, 2, 1, 0, stampNs, bytes, 0, bytes.length));
    }
}
