package io.plumbline.feed.redis;

import io.plumbline.feed.FeedContext;
import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.util.List;

/**
 * The reconciling sweep of a push rung on a connection of its own, part after part without the
 * pauses between them. The caller's thread is its data thread. Nothing may be written meanwhile.
 */
public final class SweepWay implements AutoCloseable {
    private final FeedContext context;
    private final RedisLink link;
    private final FullRead full;
    private final Sweep sweep;
    private final long intervalNs;
    private long nowNs;

    /** Connects and reads every key once. */
    public SweepWay(
            final RedisSettings settings,
            final int source,
            final WatchedKeys keys,
            final List<ValueFormat> formats,
            final FeedContext context) {
        this.context = context;
        final KeyReader reader =
                new KeyReader(
                        keys,
                        formats,
                        Territory.WHOLE,
                        context.clock(),
                        new LatencyRecorder(Hop.REDIS_ROUND_TRIP, "sweep", context.counters()));
        final KeyViews views = new KeyViews(keys.size());
        final Observer observer =
                new Observer(
                        source,
                        context.inbound(),
                        context.counters(),
                        context.clock(),
                        reader,
                        views);
        full = new FullRead(keys.size(), reader, views, observer);
        sweep =
                new Sweep(
                        settings,
                        full,
                        reader,
                        views,
                        new DirtyKeys(keys.size()),
                        observer,
                        context.counters(),
                        context.clock());
        intervalNs = settings.sweepIntervalNs();
        link = RedisLink.forData(settings);
        reader.attach(link);
        full.snapshot();
        sweep.restart(0);
    }

    /** Every key once; answers how many sweeps there were. */
    public long sweep() {
        for (int part = 0; part < full.batches(); part++) {
            nowNs += intervalNs;
            sweep.turn(nowNs, Rung.NOTIFICATION, null);
        }
        return context.counters().get(CounterId.REDIS_SWEEPS);
    }

    @Override
    public void close() {
        link.cut();
    }
}
