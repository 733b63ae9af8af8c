package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One life of one push connection: opened, read until it ends, never used again. The push thread
 * runs it; the data thread pings through it and cuts it.
 */
abstract sealed class PushRung permits SubscriptionRung, StreamRung, ReplicationRung {
    /** How far it got. */
    enum Phase {
        /** Connecting and subscribing. */
        OPENING,
        /** The server has acknowledged the subscription. */
        SUBSCRIBED,
        /** Over: {@link #failure()} says why. */
        ENDED
    }

    private static final Logger LOG = LoggerFactory.getLogger(PushRung.class);

    final PushContext context;
    private final AtomicLong lost = new AtomicLong();
    private volatile Phase phase = Phase.OPENING;
    private volatile String failure = "";
    private volatile boolean refused;
    private volatile boolean cut;

    PushRung(final PushContext context) {
        this.context = context;
    }

    /** Which rung this is. */
    abstract Rung rung();

    /** Connects and waits until the server has agreed. Push thread. */
    abstract void open() throws IOException;

    /** Waits for what is told next, and takes it. Push thread. */
    abstract void receive() throws IOException;

    /** Closes the connection, if there is one, also under a thread that reads it. Any thread. */
    abstract void disconnect();

    /**
     * Data thread: asks for the proof that everything told before now has arrived.
     *
     * @param number what {@link #pong()} will say
     * @param data the data connection; where that fails it throws JedisException
     */
    abstract void ping(long number, RedisLink data);

    /** The highest number that is proven. Data thread. */
    abstract long pong();

    /** Whether another life can go on exactly where this one ended. */
    boolean canGoOn() {
        return false;
    }

    /** That life; once this one has ended, and only where {@link #canGoOn}. */
    PushRung next() {
        throw new IllegalStateException(rung() + " cannot go on");
    }

    /** Lives this connection's life. Push thread; returns when it is over, never throws. */
    final void run() {
        try {
            if (!cut) {
                open();
            }
            if (!cut) {
                phase = Phase.SUBSCRIBED;
                context.dirty().wake();
            }
            while (!cut) {
                receive();
            }
            failure = "closed by the monitor";
        } catch (final CancellationException over) {
            failure = "closed by the monitor";
        } catch (final Throwable ended) {
            refused =
                    ended instanceof JedisDataException
                            && !(ended instanceof JedisConnectionException);
            failure = RedisLink.reason(ended, context.settings());
            if (!(ended instanceof JedisException || ended instanceof IOException)) {
                LOG.error("redis/{}: push thread", context.settings().name(), ended);
            }
            if (!cut) {
                context.counters().increment(CounterId.REDIS_ERRORS);
            }
        } finally {
            cut();
            phase = Phase.ENDED;
            context.dirty().wake();
        }
    }

    final Phase phase() {
        return phase;
    }

    final String failure() {
        return failure;
    }

    /** Whether the server refused it, as opposed to losing the connection. */
    final boolean refused() {
        return refused;
    }

    /** Ends it; the push thread notices at once. Any thread. */
    final void cut() {
        cut = true;
        disconnect();
    }

    final boolean isCut() {
        return cut;
    }

    /** Push thread: {@code count} writes were told to somebody, but will never be known to us. */
    final void lose(final long count) {
        if (count > 0) {
            lost.addAndGet(count);
            context.counters().add(CounterId.REDIS_TOLD_LOST, count);
        }
    }

    /** Data thread: what was lost since the last call. */
    final long takeLost() {
        return lost.get() == 0 ? 0 : lost.getAndSet(0);
    }

    /**
     * What the rungs work with.
     *
     * @param dirty keys that were mentioned and are to be read
     * @param writes writes that were told with their value
     * @param serverOffsetNs the server's clock minus ours
     */
    record PushContext(
            RedisSettings settings,
            WatchedKeys keys,
            List<ValueFormat> formats,
            List<String> prefixes,
            DirtyKeys dirty,
            ToldWrites writes,
            LongSupplier serverOffsetNs,
            EpochNanoClock clock,
            Counters counters) {}
}
