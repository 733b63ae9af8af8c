package io.plumbline.app;

import io.plumbline.feed.sim.PriceCommand;
import io.plumbline.feed.sim.PriceSink;
import io.plumbline.time.EpochNanoClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A price writer that does its best and keeps a ledger: every new price at once, and between them
 * the current ones over and over at a given rate, each write numbered so that no two values are the
 * same. When Redis is lost it comes back as soon as it can and writes the present.
 */
final class LedgerWriter implements PriceSink, AutoCloseable {
    /**
     * One write.
     *
     * @param doneNs when Redis had acknowledged it; 0 where it is not known whether it was done
     */
    record Entry(String key, long number, long sentNs, long doneNs) {}

    private static final int QUEUE = 65_536;
    private static final int BATCH = 64;
    private static final long RETRY_NS = 50_000_000L;
    private static final long TTL_MS = 30_000;
    private static final long CLOSE_MS = 5_000;

    private final PriceServers servers;
    private final EpochNanoClock clock;
    private final List<Lane> lanes = new ArrayList<>();
    private final Map<String, Lane> laneOfKey = new ConcurrentHashMap<>();
    private final List<Entry> ledger = new ArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile int perSecond;
    private volatile boolean running = true;

    /**
     * @param lanes threads with connections of their own, over which the keys are dealt out: what
     *     holds up one does not hold up the others
     * @param perSecond writes beyond those of new prices, over all lanes; 0 for none
     */
    LedgerWriter(
            final PriceServers servers,
            final EpochNanoClock clock,
            final int lanes,
            final int perSecond) {
        this.servers = servers;
        this.clock = clock;
        this.perSecond = perSecond;
        for (int i = 0; i < lanes; i++) {
            this.lanes.add(new Lane());
        }
    }

    LedgerWriter start() {
        lanes.forEach(Lane::start);
        return this;
    }

    void rate(final int newPerSecond) {
        perSecond = newPerSecond;
    }

    /** Simulation thread. */
    @Override
    public void write(final PriceCommand command) {
        final Lane lane =
                laneOfKey.computeIfAbsent(
                        command.key(), key -> lanes.get(laneOfKey.size() % lanes.size()));
        if (!lane.queue.offer(command)) {
            throw new IllegalStateException("the writer has fallen " + QUEUE + " prices behind");
        }
    }

    /** Every write so far, in order. */
    List<Entry> ledger() {
        synchronized (ledger) {
            return List.copyOf(ledger);
        }
    }

    /** How many writes Redis has acknowledged since a moment. */
    long doneSince(final long sinceNs) {
        return ledger().stream().filter(entry -> entry.doneNs >= sinceNs).count();
    }

    /** The number in a value of this writer, or -1. */
    static long number(final String value) {
        final int at = value.lastIndexOf("\"n\":");
        return at < 0 ? -1 : Long.parseLong(value.substring(at + 4, value.length() - 1));
    }

    @Override
    public void close() {
        running = false;
        for (final Lane lane : lanes) {
            try {
                lane.thread.join(CLOSE_MS);
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Some of the keys, written by one thread in their order. */
    private final class Lane {
        private final BlockingQueue<PriceCommand> queue = new ArrayBlockingQueue<>(QUEUE);
        private final Map<String, String> current = new LinkedHashMap<>();
        private final List<PriceServers.Price> batch = new ArrayList<>();
        private Thread thread;
        private int nextKey;
        private long paceNs;

        void start() {
            thread = Monitor.background("ledger-writer", this::run);
        }

        private void run() {
            while (running) {
                try (PriceServers.Target target = servers.connect()) {
                    take(QUEUE);
                    batch.clear();
                    current.keySet().forEach(this::add);
                    send(target);
                    serve(target);
                } catch (final JedisException lost) {
                    LockSupport.parkNanos(RETRY_NS);
                }
            }
        }

        private void serve(final PriceServers.Target target) {
            paceNs = clock.epochNanos();
            while (running) {
                batch.clear();
                take(BATCH).forEach(this::add);
                again(clock.epochNanos());
                send(target);
                if (batch.isEmpty()) {
                    LockSupport.parkNanos(1_000_000L);
                }
            }
        }

        /** Takes new prices; returns the keys that have one. */
        private List<String> take(final int most) {
            final List<PriceCommand> taken = new ArrayList<>();
            queue.drainTo(taken, most);
            final List<String> keys = new ArrayList<>();
            for (final PriceCommand command : taken) {
                current.put(command.key(), command.value());
                keys.add(command.key());
            }
            return keys;
        }

        /** Adds what the rate asks for; what could not be done in time is not made up for. */
        private void again(final long nowNs) {
            final int rate = perSecond / lanes.size();
            if (rate == 0 || current.isEmpty()) {
                paceNs = nowNs;
                return;
            }
            final long intervalNs = TimeUnit.SECONDS.toNanos(1) / rate;
            final List<String> keys = new ArrayList<>(current.keySet());
            paceNs = Math.max(paceNs, nowNs - BATCH * intervalNs);
            while (paceNs + intervalNs <= nowNs) {
                paceNs += intervalNs;
                nextKey = (nextKey + 1) % keys.size();
                add(keys.get(nextKey));
            }
        }

        private void add(final String key) {
            final long number = numbers.incrementAndGet();
            batch.add(
                    new PriceServers.Price(
                            key,
                            "{\"price\":\"" + current.get(key) + "\",\"n\":" + number + '}',
                            TTL_MS));
        }

        private void send(final PriceServers.Target target) {
            if (batch.isEmpty()) {
                return;
            }
            final long sentNs = clock.epochNanos();
            final Set<PriceServers.Price> done = new HashSet<>();
            try {
                target.set(batch, done::add);
            } finally {
                final long doneNs = clock.epochNanos();
                synchronized (ledger) {
                    for (final PriceServers.Price price : batch) {
                        ledger.add(
                                new Entry(
                                        price.key(),
                                        number(price.value()),
                                        sentNs,
                                        done.contains(price) ? doneNs : 0));
                    }
                }
            }
        }
    }
}
