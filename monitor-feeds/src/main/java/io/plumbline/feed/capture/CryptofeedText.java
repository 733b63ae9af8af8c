package io.plumbline.feed.capture;

import java.nio.charset.StandardCharsets;

/**
 * cryptofeed's text: {@code <s>: <frame>} for what was received, {@code <address> <-> <s>} for a
 * connection made, {@code <address> <- <s>: <message>} for what the client sent, {@code <address>
 * -> <s>: <body>} for an HTTP answer.
 */
final class CryptofeedText implements CaptureLine {
    private static final byte[] CONFIGURATION =
            "configuration: ".getBytes(StandardCharsets.US_ASCII);

    private final ReceiveTime time = new ReceiveTime();
    private String header = "";

    @Override
    public Outcome read(final byte[] bytes, final int from, final int to, final CaptureRecord out) {
        if (from == to) {
            return Outcome.NOTHING;
        }
        if (startsWith(bytes, from, to, CONFIGURATION)) {
            header = text(bytes, from + CONFIGURATION.length, to);
            return Outcome.NOTHING;
        }
        final int behind = time.number(bytes, from, to);
        if (behind > 0) {
            return received(bytes, behind, to, CaptureRecord.Kind.FRAME, "", out);
        }
        final int space = indexOfSpace(bytes, from, to);
        final CaptureRecord.Kind kind = arrow(bytes, space, to);
        if (kind == null) {
            return Outcome.UNREADABLE;
        }
        final int stamp = indexOfSpace(bytes, space + 1, to) + 1;
        final int end = time.number(bytes, stamp, to);
        if (end < 0) {
            return Outcome.UNREADABLE;
        }
        final String url = text(bytes, from, space);
        if (kind != CaptureRecord.Kind.CONNECT) {
            return received(bytes, end, to, kind, url, out);
        }
        out.set(kind, time.ns(), "", url, bytes, to, 0);
        return end == to ? Outcome.RECORD : Outcome.UNREADABLE;
    }

    private Outcome received(
            final byte[] bytes,
            final int colon,
            final int to,
            final CaptureRecord.Kind kind,
            final String url,
            final CaptureRecord out) {
        if (to - colon < 3 || bytes[colon] != ':' || bytes[colon + 1] != ' ') {
            return Outcome.UNREADABLE;
        }
        out.set(kind, time.ns(), "", url, bytes, colon + 2, to - colon - 2);
        return Outcome.RECORD;
    }

    @Override
    public boolean recognises(final byte[] bytes, final int from, final int to) {
        if (startsWith(bytes, from, to, CONFIGURATION)) {
            return true;
        }
        final int behind = time.number(bytes, from, to);
        return behind > 0
                ? to - behind > 1 && bytes[behind] == ':' && bytes[behind + 1] == ' '
                : arrow(bytes, indexOfSpace(bytes, from, to), to) != null;
    }

    @Override
    public String header() {
        return header;
    }

    /** What the arrow behind this space means, or null where none stands there. */
    private static CaptureRecord.Kind arrow(final byte[] bytes, final int space, final int to) {
        final int end = indexOfSpace(bytes, space + 1, to);
        if (end >= to) {
            return null;
        }
        return switch (text(bytes, space + 1, Math.min(end, space + 5))) {
            case "<->" -> CaptureRecord.Kind.CONNECT;
            case "<-" -> CaptureRecord.Kind.SENT;
            case "->" -> CaptureRecord.Kind.HTTP;
            default -> null;
        };
    }

    /** The next space, or {@code to}. */
    private static int indexOfSpace(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return at;
    }

    private static boolean startsWith(
            final byte[] bytes, final int from, final int to, final byte[] prefix) {
        return to - from >= prefix.length
                && java.util.Arrays.equals(
                        bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static String text(final byte[] bytes, final int from, final int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
