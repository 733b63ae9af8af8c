package io.plumbline.feed.sim;

import io.plumbline.inbound.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Carries price commands to Redis over one connection on one thread, pipelining what has gathered.
 *
 * <p>The queue is bounded: when it is full the command is dropped and counted. When the connection
 * breaks, what waits is dropped too, since old prices must not follow new ones; {@link
 * #generation()} then grows once Redis answers again, and the writer writes the present.
 */
public final class RedisPriceSink implements PriceSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisPriceSink.class);
    private static final int QUEUE = 65_536;
    private static final int BATCH = 256;
    private static final long POLL_MS = 50;
    private static final long RETRY_NS = 100_000_000;
    private static final long CLOSE_MS = 5_000;

    private final HostAndPort address;
    private final JedisClientConfig config;
    private final Threads threads;
    private final BlockingQueue<PriceCommand> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong generation = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile boolean running = true;
    private Thread thread;

    /**
     * @param config with a protocol of its own choice or the server's default: a plain Jedis does
     *     not negotiate one
     */
    public RedisPriceSink(
            final HostAndPort address, final JedisClientConfig config, final Threads threads) {
        this.address = address;
        this.config = config;
        this.threads = threads;
    }

    /** Begins; the connection is made in the background and made again when it breaks. */
    public void start() {
        thread = threads.start("price-writer", this::run);
    }

    @Override
    public void write(final PriceCommand command) {
        if (!queue.offer(command)) {
            dropped.incrementAndGet();
        }
    }

    @Override
    public long generation() {
        return generation.get();
    }

    /** Commands that Redis has answered. */
    public long written() {
        return written.get();
    }

    /** Commands that never reached Redis. */
    public long dropped() {
        return dropped.get();
    }

    /** Broken connections and refused commands. */
    public long errors() {
        return errors.get();
    }

    @Override
    public void close() {
        running = false;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(CLOSE_MS);
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        boolean again = false;
        while (running) {
            try (Jedis jedis = new Jedis(address, config)) {
                jedis.ping();
                if (again) {
                    generation.incrementAndGet();
                }
                serve(jedis);
            } catch (final JedisException failure) {
                errors.incrementAndGet();
                dropped.addAndGet(queue.size());
                queue.clear();
                LOG.debug("price writer lost Redis at {}: {}", address, failure.toString());
                LockSupport.parkNanos(RETRY_NS);
            } catch (final InterruptedException closing) {
                Thread.currentThread().interrupt();
                return;
            }
            again = true;
        }
    }

    private void serve(final Jedis jedis) throws InterruptedException {
        final List<PriceCommand> batch = new ArrayList<>(BATCH);
        while (running) {
            final PriceCommand first = queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.clear();
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                send(jedis, batch);
            }
        }
    }

    private void send(final Jedis jedis, final List<PriceCommand> batch) {
        try (Pipeline pipeline = jedis.pipelined()) {
            for (final PriceCommand command : batch) {
                send(pipeline, command);
            }
            for (final Object answer : pipeline.syncAndReturnAll()) {
                if (answer instanceof JedisDataException) {
                    errors.incrementAndGet();
                    LOG.debug("Redis refused a price: {}", answer.toString());
                }
            }
            written.addAndGet(batch.size());
        }
    }

    private static void send(final Pipeline pipeline, final PriceCommand command) {
        if (command.deletes()) {
            pipeline.del(command.key());
        } else if (command.field() != null) {
            final String stamp = Long.toString(command.stampMs());
            pipeline.hset(command.key(), Map.of(command.field(), command.value(), "ts", stamp));
            if (command.ttlMs() > 0) {
                pipeline.pexpire(command.key(), command.ttlMs());
            } else {
                pipeline.persist(command.key());
            }
        } else if (command.ttlMs() > 0) {
            pipeline.set(command.key(), command.value(), SetParams.setParams().px(command.ttlMs()));
        } else {
            pipeline.set(command.key(), command.value());
        }
    }
}
