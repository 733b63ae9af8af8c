package io.plumbline.feed.redis;

import io.plumbline.feed.FeedContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Knows the master that sentinels name: asks one of them four times a second, and the next one when
 * it does not answer or was wrong. Asked this often a sentinel tells of a failover sooner than its
 * {@code +switch-master} message would, which comes when all replicas have followed, and no message
 * can be lost. Thread {@code redis-sentinel-NAME}; {@link #finder} is the data thread's.
 */
final class MasterWatch implements Runnable {
    private static final long ASK_INTERVAL_NS = 250_000_000L;
    private static final long ROLE_INTERVAL_NS = 2_000_000_000L;
    private static final long PATIENCE_NS = 500_000_000L;
    private static final byte[] MASTER = RedisLink.bytes("master");

    private final RedisSettings asked;
    private final Topology.Sentinels sentinels;
    private final FeedContext context;
    private final Runnable onChange;
    private final List<String> failures = new ArrayList<>();
    private int turn;
    private RedisLink link;
    private volatile RedisNode master;
    private volatile String failure = "no sentinel has been asked yet";
    private volatile boolean silent;
    private volatile boolean distrusted;
    private volatile boolean closed;
    private volatile Thread thread;

    /**
     * @param settings of the master; its name and timing are used
     * @param onChange any thread's: another master is known
     */
    MasterWatch(
            final RedisSettings settings,
            final Topology.Sentinels sentinels,
            final FeedContext context,
            final Runnable onChange) {
        this.sentinels = sentinels;
        this.context = context;
        this.onChange = onChange;
        asked =
                new RedisSettings(
                        settings.name() + " sentinel",
                        sentinels.nodes().get(0),
                        0,
                        sentinels.access(),
                        RungChoice.AUTO,
                        RedisOffers.NONE,
                        settings.timing().within(PATIENCE_NS, PATIENCE_NS));
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!closed) {
            ask();
            LockSupport.parkNanos(this, ASK_INTERVAL_NS);
        }
        cut();
    }

    /** Asks until one sentinel answers, each at most once. */
    void ask() {
        if (distrusted) {
            distrusted = false;
            next();
        }
        failures.clear();
        for (int i = 0; i < sentinels.nodes().size() && !closed; i++) {
            final RedisSettings at = asked.at(sentinels.nodes().get(turn));
            try {
                if (link == null) {
                    link = RedisLink.forData(at);
                }
                take(master(link, sentinels.master()));
                silent = false;
                return;
            } catch (final JedisException silent) {
                failures.add(RedisLink.reason(silent, at));
                next();
            }
        }
        failure = "no sentinel tells: " + String.join("; ", failures);
        silent = true;
    }

    private void take(final RedisNode told) {
        if (!told.equals(master)) {
            master = told;
            onChange.run();
        }
    }

    /** What the sentinel at the other end names; JedisException where it names none. */
    static RedisNode master(final RedisLink sentinel, final String name) {
        final Object reply = sentinel.ask(Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", name);
        if (!(reply instanceof List<?> address) || address.size() < 2) {
            throw new JedisConnectionException("knows no master '" + name + "': check the name");
        }
        return new RedisNode(text(address.get(0)), Integer.parseInt(text(address.get(1))));
    }

    private void next() {
        cut();
        turn = (turn + 1) % sentinels.nodes().size();
    }

    private void cut() {
        if (link != null) {
            link.cut();
            link = null;
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** For the data thread: the master, checked by ROLE on every connection and every 2 s. */
    NodeFinder finder() {
        return new NodeFinder() {
            private RedisLink checked;
            private long roleDueNs;

            @Override
            public RedisNode find() {
                final RedisNode told = master;
                if (told == null) {
                    throw new JedisConnectionException(failure);
                }
                return told;
            }

            @Override
            public void check(final RedisNode at, final RedisLink data, final long nowNs) {
                if (!at.equals(master)) {
                    throw new NodeMoved("the sentinels name " + master + " as the master");
                }
                if (data != checked || nowNs >= roleDueNs) {
                    checked = data;
                    roleDueNs = nowNs + ROLE_INTERVAL_NS;
                    if (!isMaster(data)) {
                        distrusted = true;
                        LockSupport.unpark(thread);
                        throw new NodeMoved("it is no master any more, says its ROLE");
                    }
                }
            }

            @Override
            public boolean isWanted() {
                return true;
            }

            @Override
            public boolean moves() {
                return true;
            }

            @Override
            public String trouble() {
                return silent && master != null ? "a failover may go unnoticed: " + failure : "";
            }
        };
    }

    /** Whether the node at the other end takes writes. */
    static boolean isMaster(final RedisLink link) {
        final Object reply = link.ask(Command.ROLE);
        return reply instanceof List<?>
                && java.util.Arrays.equals((byte[]) ((List<?>) reply).get(0), MASTER);
    }

    private static String text(final Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
