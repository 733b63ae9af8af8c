package io.plumbline.feed.capture;

/** {@code <receive time> <frame>}: what the recorders of many trading houses write. */
final class RawLine implements CaptureLine {
    private final ReceiveTime time = new ReceiveTime();

    @Override
    public Outcome read(final byte[] bytes, final int from, final int to, final CaptureRecord out) {
        if (from == to) {
            return Outcome.NOTHING;
        }
        final int behind = time.number(bytes, from, to);
        if (behind < 0 || to - behind < 2 || bytes[behind] != ' ') {
            return Outcome.UNREADABLE;
        }
        out.set(CaptureRecord.Kind.FRAME, time.ns(), "", "", bytes, behind + 1, to - behind - 1);
        return Outcome.RECORD;
    }

    @Override
    public boolean recognises(final byte[] bytes, final int from, final int to) {
        final int behind = time.number(bytes, from, to);
        return behind > 0
                && to - behind > 1
                && bytes[behind] == ' '
                && (bytes[behind + 1] == '{' || bytes[behind + 1] == '[');
    }
}
