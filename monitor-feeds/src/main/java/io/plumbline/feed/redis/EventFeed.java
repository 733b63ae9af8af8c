package io.plumbline.feed.redis;

import io.plumbline.feed.FeedContext;
import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.ReadingWriter;
import io.plumbline.metrics.CounterId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Listens to channels of events (PSUBSCRIBE) on a connection and a thread of its own, and offers
 * each message as it came. As a probe it is asked once a second whether it still listens: the ping
 * goes out on the probe's thread, its answer comes to the listening one.
 */
public final class EventFeed implements Probe<ProbeLink>, AutoCloseable {
    private static final long EVERY_NS = 1_000_000_000L;
    private static final long RETRY_NS = 1_000_000_000L;
    private static final long SILENT_NS = 4_000_000_000L;
    private static final long JOIN_MS = 4_000;
    private static final String MESSAGE = "pmessage";
    private static final String SUBSCRIBED = "psubscribe";

    /** The results of a queue's commands. */
    public record Results(String queue, KeyForm form) {}

    /** What happens to a key that says nothing of a result. */
    private static final Set<String> GONE = Set.of("del", "expire", "expired", "evicted");

    private final RedisProbeServer server;
    private final List<String> patterns;
    private final List<Results> results;
    private final int source;
    private final FeedContext context;
    private final ReadingWriter writer = new ReadingWriter();
    private String keyspace = "";
    private volatile RedisLink link;
    private volatile boolean listening;
    private volatile String failure = "not started";
    private volatile long heardNs;
    private volatile boolean closed;
    private volatile int epoch;
    private int lastEpoch;
    private Thread thread;

    /**
     * @param patterns channels of events
     * @param source the id of this server's probes in {@code Sources}
     */
    public EventFeed(
            final RedisProbeServer server,
            final List<String> patterns,
            final List<Results> results,
            final int source,
            final FeedContext context) {
        this.server = server;
        this.patterns = List.copyOf(patterns);
        this.results = List.copyOf(results);
        this.source = source;
        this.context = context;
    }

    /** Begins to listen. */
    public void start() {
        thread = context.threads().start("redis-events-" + server.name(), this::listen);
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public long everyNs() {
        return EVERY_NS;
    }

    /** Says when it does not listen, or did not for a while: what was said then was not heard. */
    @Override
    public void run(final ProbeLink redis, final ProbeReport report) {
        final RedisLink open = link;
        final int now = epoch;
        if (!listening || open == null) {
            report.failed("", failure);
            return;
        }
        if (now != lastEpoch) {
            if (lastEpoch > 0) {
                report.failed("", failure);
            }
            lastEpoch = now;
        }
        try {
            if (context.clock().epochNanos() - heardNs > SILENT_NS) {
                throw new JedisConnectionException("the channels' connection does not answer");
            }
            open.push(Command.PING, List.of());
            report.worked("");
        } catch (final JedisConnectionException lost) {
            failure = server.reason(lost);
            report.failed("", failure);
            open.cut();
        }
    }

    @Override
    public void close() {
        closed = true;
        cut();
        final Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        LockSupport.unpark(running);
        try {
            running.join(JOIN_MS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        while (!closed) {
            try {
                final RedisLink opened = subscribe();
                while (!closed) {
                    take(opened.read());
                }
            } catch (final RuntimeException lost) {
                failure = server.reason(lost);
            }
            listening = false;
            cut();
            if (!closed) {
                LockSupport.parkNanos(this, RETRY_NS);
            }
        }
    }

    private RedisLink subscribe() {
        epoch = epoch + 1;
        final RedisSettings place = server.place();
        final RedisLink opened = RedisLink.forPush(place, false);
        link = opened;
        keyspace = "__keyspace@" + place.database() + "__:";
        for (final String pattern : patterns) {
            subscribe(opened, pattern);
        }
        for (final Results each : results) {
            try {
                subscribe(opened, keyspace + each.form().glob());
            } catch (final JedisDataException notAllowed) {
                context.counters().increment(CounterId.PROBE_FAILURES);
            }
        }
        listening = true;
        return opened;
    }

    private void subscribe(final RedisLink opened, final String pattern) {
        opened.push(Command.PSUBSCRIBE, List.of(RedisLink.bytes(pattern)));
        List<?> reply;
        do {
            reply = ProbeLink.list(opened.read());
            take(reply);
        } while (!closed && !is(reply, SUBSCRIBED));
    }

    private void take(final Object reply) {
        heardNs = context.clock().epochNanos();
        final List<?> message = ProbeLink.list(reply);
        if (message.size() != 4 || !is(message, MESSAGE)) {
            return;
        }
        final String channel = text(message.get(2));
        if (channel.startsWith(keyspace)) {
            written(channel.substring(keyspace.length()), text(message.get(3)));
        } else {
            writer.begin(ProbeKind.EVENT, text(message.get(1)), channel)
                    .text((byte[]) message.get(3));
            offer();
        }
    }

    /** A key that may be a result was touched. */
    private void written(final String key, final String how) {
        if (GONE.contains(how)) {
            return;
        }
        for (final Results each : results) {
            final String id = each.form().id(key);
            if (id != null) {
                writer.begin(ProbeKind.RESULT, each.queue(), id).with(Measure.EXISTS, 1);
                offer();
            }
        }
    }

    private void offer() {
        final int length = writer.finish();
        context.inbound()
                .offer(InboundType.PROBE, source, epoch, heardNs, writer.buffer(), 0, length);
    }

    private static boolean is(final List<?> message, final String type) {
        return !message.isEmpty() && type.equals(text(message.get(0)));
    }

    private static String text(final Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    private void cut() {
        final RedisLink open = link;
        link = null;
        if (open != null) {
            open.cut();
        }
    }
}
