package io.plumbline.feed.capture;

/** Tardis raw: ISO time, space, frame; an empty line stands for a lost connection. */
final class TardisLine implements CaptureLine {
    private static final byte[] NO_BYTES = {};

    private final ReceiveTime time = new ReceiveTime();
    private long lastNs;

    @Override
    public Outcome read(final byte[] bytes, final int from, final int to, final CaptureRecord out) {
        if (from == to) {
            if (lastNs == 0) {
                return Outcome.NOTHING;
            }
            out.set(CaptureRecord.Kind.DISCONNECT, lastNs, "", "", NO_BYTES, 0, 0);
            return Outcome.RECORD;
        }
        final int behind = time.iso(bytes, from, to);
        if (behind < 0 || to - behind < 2 || bytes[behind] != ' ') {
            return Outcome.UNREADABLE;
        }
        lastNs = time.ns();
        out.set(CaptureRecord.Kind.FRAME, lastNs, "", "", bytes, behind + 1, to - behind - 1);
        return Outcome.RECORD;
    }

    @Override
    public boolean recognises(final byte[] bytes, final int from, final int to) {
        final int behind = time.iso(bytes, from, to);
        return behind > 0 && behind < to && bytes[behind] == ' ';
    }
}
