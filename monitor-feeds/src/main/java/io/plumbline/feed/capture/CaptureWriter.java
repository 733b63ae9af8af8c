package io.plumbline.feed.capture;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.SessionState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes frames as other people's tools read them, one a line: {@link CaptureFormat#LINES} with the
 * stamp in ns, or {@link CaptureFormat#TARDIS} with its 100 ns digits (the last two digits of the
 * stamp are lost) and an empty line where a connection went down. Neither format names connections:
 * export one source at a time where that matters. One thread; the stream stays the caller's.
 */
public final class CaptureWriter {
    private static final long SECOND_NS = 1_000_000_000;
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'");
    private static final byte[] DOWN = SessionState.DOWN.name().getBytes(StandardCharsets.US_ASCII);

    private final CaptureFormat format;
    private final OutputStream out;

    /**
     * @throws IllegalArgumentException for a format that is only read
     */
    public CaptureWriter(final CaptureFormat format, final OutputStream out) {
        if (format != CaptureFormat.LINES && format != CaptureFormat.TARDIS) {
            throw new IllegalArgumentException(
                    "format " + format.label() + " is only read: export as lines or tardis");
        }
        this.format = format;
        this.out = out;
    }

    /**
     * Writes the message if the format has a form for it: text frames, and for Tardis the end of a
     * connection.
     *
     * @return whether anything was written
     */
    public boolean write(final InboundMessage message) throws IOException {
        if (message.type == InboundType.FRAME_TEXT) {
            out.write(stamp(message.stampNs).getBytes(StandardCharsets.US_ASCII));
            out.write(' ');
            frame(message);
            out.write('\n');
            return true;
        }
        if (format == CaptureFormat.TARDIS && isDown(message)) {
            out.write('\n');
            return true;
        }
        return false;
    }

    private String stamp(final long stampNs) {
        if (format == CaptureFormat.LINES) {
            return Long.toString(stampNs);
        }
        return ISO.format(
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(stampNs, SECOND_NS),
                        (int) Math.floorMod(stampNs, SECOND_NS),
                        ZoneOffset.UTC));
    }

    /** Line breaks can only stand between JSON tokens, where a space says the same. */
    private void frame(final InboundMessage message) throws IOException {
        final int end = message.offset + message.length;
        int from = message.offset;
        for (int at = from; at < end; at++) {
            if (message.bytes[at] == '\n' || message.bytes[at] == '\r') {
                out.write(message.bytes, from, at - from);
                out.write(' ');
                from = at + 1;
            }
        }
        out.write(message.bytes, from, end - from);
    }

    private static boolean isDown(final InboundMessage message) {
        return message.type == InboundType.SESSION
                && message.length >= DOWN.length
                && java.util.Arrays.equals(
                        message.bytes,
                        message.offset,
                        message.offset + DOWN.length,
                        DOWN,
                        0,
                        DOWN.length);
    }
}
