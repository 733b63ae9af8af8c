package io.plumbline.time;

/** A clock that stands until it is told the time: replay and tests. It never goes back. */
public final class ManualClock implements EpochNanoClock {
    private volatile long nowNs;

    public ManualClock(final long nowNs) {
        this.nowNs = nowNs;
    }

    @Override
    public long epochNanos() {
        return nowNs;
    }

    /** Moves to {@code toNs}, or stays where it is when that lies in the past. */
    public void advanceTo(final long toNs) {
        nowNs = Math.max(nowNs, toNs);
    }

    public void advanceBy(final long deltaNs) {
        advanceTo(nowNs + deltaNs);
    }
}
