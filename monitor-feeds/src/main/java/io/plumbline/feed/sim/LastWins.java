package io.plumbline.feed.sim;

/** A writer that gathers a burst in one variable: of each flush only the last symbol is written. */
final class LastWins implements Distortion {
    private final PriceWriter writer;
    private final InjectedFault injected;
    private final long flushNs;
    private PriceKey last;
    private long dueNs;

    LastWins(final PriceWriter writer, final InjectedFault injected, final long flushNs) {
        this.writer = writer;
        this.injected = injected;
        this.flushNs = flushNs;
    }

    @Override
    public void onPrice(final PriceKey source, final long nowNs) {
        if (last == null) {
            dueNs = nowNs + flushNs;
        } else if (last != source) {
            injected.acted(nowNs);
            injected.count("lostWrites", 1);
        }
        last = source;
    }

    @Override
    public void step(final long nowNs) {
        if (last != null && nowNs >= dueNs) {
            writer.writeTrue(last, nowNs);
            last = null;
        }
    }
}
