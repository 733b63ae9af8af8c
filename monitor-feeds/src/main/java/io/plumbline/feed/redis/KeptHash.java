package io.plumbline.feed.redis;

import io.plumbline.inbound.Threads;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One hash of a Redis that is there for as long as somebody keeps it: each write gives it a short
 * time to live, and so does every beat. Whoever does not find it knows that its keeper is dead, cut
 * off, or has nothing to say.
 *
 * <pre>
 *   put, beat: any thread ──▶ newest value of each field ──▶ MULTI, HSET, PEXPIRE, EXEC   thread: gate-redis
 *                             (bounded by the fields)        on a new connection all of it, DEL before
 * </pre>
 *
 * <p>{@link #put} and {@link #beat} never wait for Redis: while it is away the newest value of each
 * field waits here.
 */
public final class KeptHash implements AutoCloseable {
    /** What it tells of its connection, each once. Its own thread. */
    public interface Listener {
        /** The hash stands as told. */
        void onKept();

        /** It cannot be written any more; the reason is one line without secrets. */
        void onLost(String reason);
    }

    private static final long NS_PER_MS = 1_000_000L;

    /** With an older beat nobody says that it stands. */
    private static final long PATIENCE_NS = 1_000 * NS_PER_MS;

    private static final String RUN_ID = "run_id:";
    private static final long RETRY_NS = 250 * NS_PER_MS;
    private static final long CLOSE_MS = 1_000;
    private static final int BEATS_PER_LIFE = 4;

    private final RedisSettings settings;
    private final Topology topology;
    private final String key;
    private final long ttlNs;
    private final EpochNanoClock clock;
    private final UnaryOperator<String> foreign;
    private final Listener listener;
    private final Map<String, String> all = new LinkedHashMap<>();
    private final Map<String, String> changed = new LinkedHashMap<>();
    private Thread thread;
    private boolean ended;
    private boolean kept;
    private long saidNs = Long.MIN_VALUE / 2;

    /** Its thread only. */
    private RedisLink link;

    /** The fields that stand there, as far as this connection has brought them. */
    private final Set<String> written = new HashSet<>();

    private RedisSettings at;

    /** Of the server that this connection leads to, "" where it may not be asked. */
    private String runId = "";

    private boolean lost;
    private long wroteNs = Long.MIN_VALUE / 2;

    /**
     * @param topology one server, or a master that sentinels know
     * @param key whose hash it is: anything else that stands there is overwritten
     * @param ttlNs how long it outlives its keeper
     * @param foreign by the run id of a server: the name of it when it is not to be written to, by
     *     whatever address it was reached, else ""
     */
    public KeptHash(
            final RedisSettings settings,
            final Topology topology,
            final String key,
            final long ttlNs,
            final EpochNanoClock clock,
            final UnaryOperator<String> foreign,
            final Listener listener) {
        if (topology instanceof Topology.Cluster) {
            throw new IllegalArgumentException("a hash is kept on one server, not in a Cluster");
        }
        this.settings = settings;
        this.topology = topology;
        this.key = key;
        this.ttlNs = ttlNs;
        this.clock = clock;
        this.foreign = foreign;
        this.listener = listener;
    }

    public void start(final Threads threads) {
        thread = threads.start("gate-redis", this::run);
    }

    /** The newest value of {@code field}. Any thread. */
    public synchronized void put(final String field, final String value) {
        if (!value.equals(all.put(field, value))) {
            changed.put(field, value);
        }
    }

    /** What was put stands, as of {@code nowNs}: it is to be kept for another while. Any thread. */
    public synchronized void beat(final long nowNs) {
        saidNs = nowNs;
        if (!changed.isEmpty()) {
            notifyAll();
        }
    }

    /** Takes it away, so that readers know at once; waits a second for that. */
    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        if (thread == null) {
            return;
        }
        try {
            thread.join(CLOSE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it stood as told when it was last tried. Any thread. */
    public synchronized boolean isKept() {
        return kept;
    }

    private void run() {
        Map<String, String> batch = next();
        while (batch != null) {
            try {
                write(batch);
                told(true, "");
            } catch (final JedisException | IOException e) {
                cut();
                told(
                        false,
                        e instanceof JedisException
                                ? RedisLink.reason(e, at == null ? settings : at)
                                : e.getMessage());
                pause();
            }
            batch = next();
        }
        try {
            if (link != null) {
                link.ask(Command.DEL, key);
            }
        } catch (final JedisException e) {
            told(false, RedisLink.reason(e, at));
        } finally {
            cut();
        }
    }

    /** What to write next, one field at least; null at the end. */
    private synchronized Map<String, String> next() {
        while (!ended) {
            final long nowNs = clock.epochNanos();
            final long restNs = wroteNs + ttlNs / BEATS_PER_LIFE - nowNs;
            if (!all.isEmpty()
                    && nowNs - saidNs < PATIENCE_NS
                    && (link == null || !changed.isEmpty() || restNs <= 0)) {
                final Map<String, String> batch = new LinkedHashMap<>(link == null ? all : changed);
                if (batch.isEmpty()) {
                    // Something else may stand there by now: a time to live alone would keep that.
                    final Map.Entry<String, String> any = all.entrySet().iterator().next();
                    batch.put(any.getKey(), any.getValue());
                }
                changed.clear();
                wroteNs = nowNs;
                return batch;
            }
            pauseFor(Math.min(ttlNs / BEATS_PER_LIFE, Math.max(NS_PER_MS, restNs)));
        }
        return null;
    }

    private synchronized void pause() {
        if (!ended) {
            pauseFor(RETRY_NS);
        }
    }

    private void pauseFor(final long ns) {
        try {
            wait(Math.max(1, ns / NS_PER_MS));
        } catch (final InterruptedException e) {
            ended = true;
        }
    }

    private void write(final Map<String, String> batch) throws IOException {
        final boolean anew = link == null;
        if (anew) {
            at = Primaries.of(settings, topology).get(0);
            link = RedisLink.forData(at);
            runId = runId();
        }
        refuseForeign(anew);
        final List<String> fields = new ArrayList<>();
        fields.add(key);
        batch.forEach(
                (field, value) -> {
                    fields.add(field);
                    fields.add(value);
                });
        link.ask(Command.MULTI);
        if (anew) {
            link.ask(Command.DEL, key);
        }
        link.ask(Command.HSET, fields.toArray(new String[0]));
        link.ask(Command.PEXPIRE, key, Long.toString(ttlNs / NS_PER_MS));
        final List<?> replies = (List<?>) link.ask(Command.EXEC);
        for (final Object reply : replies) {
            if (reply instanceof JedisDataException refused) {
                throw refused;
            }
        }
        if (anew) {
            written.clear();
        }
        final long fresh = batch.keySet().stream().filter(written::add).count();
        if (!Long.valueOf(fresh).equals(replies.get(replies.size() - 2))) {
            // It was taken away by somebody, or ran out: all of it is needed again.
            throw new IOException(at.address() + ": the key " + key + " was gone");
        }
    }

    private String runId() {
        try {
            final String text = RedisLink.text(link.ask(Command.INFO, "server"));
            final int from = text.indexOf(RUN_ID);
            return from < 0
                    ? ""
                    : text.substring(from + RUN_ID.length()).lines().findFirst().orElse("").strip();
        } catch (final JedisDataException e) {
            // Not allowed to this user: then only the configuration tells servers apart.
            return "";
        }
    }

    /** It may be known only after a while whose server this is: then what was written goes. */
    private void refuseForeign(final boolean anew) throws IOException {
        final String name = foreign.apply(runId);
        if (!name.isEmpty()) {
            if (!anew) {
                link.ask(Command.DEL, key);
            }
            throw new IOException(
                    at.address()
                            + " is the Redis \""
                            + name
                            + "\", which is watched and not written to; name another, or write"
                            + " `watched: true` beside it to have it so");
        }
    }

    private void cut() {
        if (link != null) {
            link.cut();
            link = null;
        }
    }

    private void told(final boolean well, final String reason) {
        synchronized (this) {
            kept = well;
        }
        if (well && lost) {
            lost = false;
            listener.onKept();
        } else if (!well && !lost) {
            lost = true;
            listener.onLost(reason);
        }
    }
}
