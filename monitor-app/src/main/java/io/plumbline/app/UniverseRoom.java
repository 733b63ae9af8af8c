package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.universe.Conclusion;
import io.plumbline.app.universe.RealOutside;
import io.plumbline.app.universe.UniverseResolver;
import io.plumbline.app.universe.UniverseText;
import io.plumbline.app.universe.UniverseWatch;
import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.Threads;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.Sources;
import io.plumbline.time.EpochNanoClock;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the configuration comes to, told as facts into the one order, and looked at again while the
 * monitor runs.
 */
final class UniverseRoom implements UniverseWatch.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UniverseRoom.class);

    private final Config asked;
    private final Conclusion conclusion;
    private final EpochNanoClock clock;
    private Inbound inbound;
    private UniverseWatch watch;
    private volatile Conclusion renewal;

    /**
     * @param known what it comes to; null to find it out, for which it waits some seconds where
     *     patterns or Redis tell the symbols
     */
    UniverseRoom(final Config asked, final Conclusion known, final EpochNanoClock clock) {
        this.asked = asked;
        this.clock = clock;
        conclusion =
                known == null
                        ? new UniverseResolver(new RealOutside(clock)).conclude(asked)
                        : known;
        UniverseText.answers(asked, conclusion.config()).forEach(LOG::info);
    }

    /** Names every symbol. */
    Config config() {
        return conclusion.config();
    }

    /** Tells what is missing, and goes on asking for it. */
    void start(final Inbound into, final Threads threads) {
        inbound = into;
        if (!conclusion.missing().isEmpty()) {
            LOG.warn("not every symbol that is meant is watched: {}", conclusion.missing());
            tell(MonitorFact.UNIVERSE_INCOMPLETE, conclusion.missing());
        }
        conclusion.unknown().forEach(text -> tell(MonitorFact.SYMBOL_UNKNOWN, text));
        watch =
                new UniverseWatch(
                        asked, conclusion, threads, clock, new Random(clock.epochNanos()), this);
        watch.start();
    }

    @Override
    public void better(final Conclusion now) {
        tell(
                MonitorFact.UNIVERSE_COMPLETE,
                "more symbols are known: the monitor starts anew with them");
        renewal = now;
    }

    @Override
    public void grown(final String venue, final List<String> symbols) {
        tell(MonitorFact.UNIVERSE_GROWN, venue + ": " + UniverseText.some(symbols));
    }

    /** With what the monitor is to be started anew, because more symbols are known; else null. */
    Conclusion renewal() {
        return renewal;
    }

    private void tell(final MonitorFact fact, final String detail) {
        inbound.offer(
                InboundType.MONITOR, Sources.MONITOR, 0, clock.epochNanos(), fact + " " + detail);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
