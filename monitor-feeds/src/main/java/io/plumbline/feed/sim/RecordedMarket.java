package io.plumbline.feed.sim;

import java.util.Iterator;

/**
 * Plays a recording of one venue: at its own pace, faster, or (factor 0) as fast as it is stepped.
 * Lines that are no market data (acknowledgements, REST answers) are counted and left out.
 * Simulation thread.
 */
public final class RecordedMarket implements FrameSource {
    /**
     * The most frames that one step publishes: more are left for the next, so that clients and the
     * writer get their turn.
     */
    static final int MAX_FRAMES_PER_STEP = 1_000;

    /**
     * One line of a recording.
     *
     * @param stampNs when it was received, ns since the epoch
     * @param json the frame, with or without the combined-stream wrapper
     */
    public record Line(long stampNs, byte[] json) {}

    private final RecordedFrames frames;
    private final Iterator<Line> lines;
    private final int factor;
    private Line next;
    private long firstStampNs;
    private long firstNowNs = Long.MIN_VALUE;
    private long published;
    private long skipped;

    /**
     * @param frames reads the venue's frames
     * @param lines the recording, in order
     * @param factor how many times faster than recorded; 0 for as fast as possible
     */
    public RecordedMarket(
            final RecordedFrames frames, final Iterator<Line> lines, final int factor) {
        this.frames = frames;
        this.lines = lines;
        this.factor = factor;
        this.next = lines.hasNext() ? lines.next() : null;
        this.firstStampNs = next == null ? 0 : next.stampNs();
    }

    @Override
    public void step(final long nowNs, final FrameListener out) {
        if (firstNowNs == Long.MIN_VALUE) {
            firstNowNs = nowNs;
        }
        final long playedNs = (nowNs - firstNowNs) * Math.max(1, factor);
        for (int count = 0; next != null && count < MAX_FRAMES_PER_STEP; count++) {
            if (factor > 0 && next.stampNs() - firstStampNs > playedNs) {
                return;
            }
            final SimulatedFrame frame = frames.read(next.json(), nowNs);
            if (frame == null) {
                skipped++;
            } else {
                published++;
                out.onFrame(frame);
            }
            next = lines.hasNext() ? lines.next() : null;
        }
    }

    @Override
    public boolean finished() {
        return next == null;
    }

    /** Frames published so far. */
    public long published() {
        return published;
    }

    /** Lines that were no market data. */
    public long skipped() {
        return skipped;
    }
}
