package io.plumbline.feed.redis;

import io.plumbline.feed.FeedContext;
import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Resolution;
import io.plumbline.market.Rung;
import io.plumbline.market.ValueFault;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.SystemClock;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real Redis, a feed that watches it, and everything that the feed offered. */
final class RedisRig implements AutoCloseable {
    /** One message as a record; what its type does not carry is null, "" or NONE. */
    record Seen(
            InboundType type,
            int epoch,
            long stampNs,
            String key,
            KeyState state,
            Rung rung,
            Resolution resolution,
            long place,
            String raw,
            String price,
            ValueFault fault,
            long writtenAfterNs,
            long expiresAtNs,
            long sequence,
            long embeddedNs,
            String text) {}

    static final long TOLD_WITHIN_MS = 3_000;
    private static final Set<String> PACE = Set.of("REDIS_SLOW", "REDIS_NORMAL");

    /** A Redis executable to test against instead of the embedded one. */
    private static final String EXECUTABLE = System.getProperty("plumbline.redis", "");

    final SystemClock clock = new SystemClock();
    final Counters counters = new Counters();
    final int port;
    final MutingProxy proxy;
    private final WatchedKeys keys = new WatchedKeys();
    private final List<ValueFormat> formats = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final RedisDecoder decoder;
    private final RedisFeed feed;
    private RedisServer server;
    private Jedis writer;

    RedisRig(final RungChoice rung, final Map<String, String> formatByKey) throws IOException {
        this("", rung, formatByKey, false);
    }

    /**
     * @param userInfo what stands before the host in the address, with its {@code @}
     * @param proxied whether the feed reaches Redis through {@link #proxy}
     */
    RedisRig(
            final String userInfo,
            final RungChoice rung,
            final Map<String, String> formatByKey,
            final boolean proxied)
            throws IOException {
        port = freePort();
        proxy = proxied ? new MutingProxy(port) : null;
        formatByKey.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> watch(entry.getKey(), entry.getValue()));
        decoder = new RedisDecoder(keys, formats);
        feed =
                new RedisFeed(
                        RedisSettings.parse(
                                        "redis://"
                                                + userInfo
                                                + "127.0.0.1:"
                                                + (proxied ? proxy.port() : port))
                                .withName("test")
                                .withRung(rung),
                        7,
                        keys,
                        formats,
                        new FeedContext(clock, new Collector(), counters, RedisRig::thread),
                        new LatencyRecorder(Hop.REDIS_ROUND_TRIP, "test", counters));
    }

    /** Watches a server that the test has started itself. */
    RedisRig(final RedisSettings settings, final Map<String, String> formatByKey) {
        port = settings.node().port();
        proxy = null;
        formatByKey.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> watch(entry.getKey(), entry.getValue()));
        decoder = new RedisDecoder(keys, formats);
        feed =
                new RedisFeed(
                        settings.withName("test"),
                        7,
                        keys,
                        formats,
                        new FeedContext(clock, new Collector(), counters, RedisRig::thread),
                        new LatencyRecorder(Hop.REDIS_ROUND_TRIP, "test", counters));
        writer = new Jedis("127.0.0.1", port);
    }

    static Map<String, String> plain(final int count) {
        final Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < count; i++) {
            keys.put("pms:price:S" + i, "plain");
        }
        return keys;
    }

    RedisFeed feed() {
        return feed;
    }

    Jedis writer() {
        return writer;
    }

    RedisRig startRedis(final String notify) throws IOException {
        server =
                EXECUTABLE.isEmpty()
                        ? RedisServer.newRedisServer()
                                .port(port)
                                .bind("127.0.0.1")
                                .setting("save \"\"")
                                .setting("appendonly no")
                                .setting("notify-keyspace-events \"" + notify + "\"")
                                .build()
                        : new RedisServer(
                                port,
                                List.of(
                                        new File(EXECUTABLE).getAbsolutePath(),
                                        "--port",
                                        Integer.toString(port),
                                        "--save",
                                        "",
                                        "--notify-keyspace-events",
                                        notify),
                                true);
        server.start();
        writer = new Jedis("127.0.0.1", port);
        return this;
    }

    RedisRig startFeed() {
        feed.start();
        return this;
    }

    void stopRedis() throws IOException {
        writer.close();
        server.stop();
    }

    List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    int mark() {
        synchronized (seen) {
            return seen.size();
        }
    }

    List<Seen> since(final int mark, final InboundType type) {
        return seen().stream().skip(mark).filter(s -> s.type == type).collect(Collectors.toList());
    }

    /** Facts since {@code mark}, names only; without those of its pace, the machine's doing. */
    List<String> facts(final int mark) {
        return since(mark, InboundType.MONITOR).stream()
                .map(s -> s.text.substring(0, s.text.indexOf(' ')))
                .filter(name -> !PACE.contains(name))
                .toList();
    }

    void awaitTold(final String what, final int mark, final Predicate<Seen> wanted) {
        await(what, TOLD_WITHIN_MS, () -> seen().stream().skip(mark).anyMatch(wanted));
    }

    void awaitFact(final String fact, final int mark) {
        awaitTold(fact, mark, s -> s.type == InboundType.MONITOR && s.text.startsWith(fact + " "));
    }

    void awaitRung(final Rung rung) {
        await(
                rung + " in use",
                8_000,
                () ->
                        feed.probe().rung() == rung
                                && feed.status().detail().equals(rung.label() + " rung"));
    }

    /** Waits until the last observation of every plain key equals what Redis holds. */
    void awaitRightView() {
        await("view equals MGET", TOLD_WITHIN_MS, () -> view().equals(truth()));
    }

    /** The last observation of every key: raw value, or null when absent. */
    Map<String, String> view() {
        final Map<String, String> view = new HashMap<>();
        for (final Seen each : seen()) {
            if (each.type == InboundType.REDIS_VALUE) {
                view.put(each.key, each.state == KeyState.PRESENT ? each.raw : null);
            }
        }
        return view;
    }

    void await(final String what, final long withinMs, final BooleanSupplier condition) {
        final long untilNs = clock.epochNanos() + withinMs * 1_000_000L;
        while (!condition.getAsBoolean()) {
            if (clock.epochNanos() > untilNs) {
                throw new AssertionError(
                        what
                                + " did not come within "
                                + withinMs
                                + " ms; status "
                                + feed.status()
                                + "; "
                                + feed.probe()
                                + "; last seen:\n"
                                + tail());
            }
            LockSupport.parkNanos(2_000_000L);
        }
    }

    @Override
    public void close() throws IOException {
        feed.close();
        if (proxy != null) {
            proxy.close();
        }
        if (writer != null) {
            writer.close();
        }
        if (server != null && server.isActive()) {
            server.stop();
        }
    }

    private String tail() {
        final List<Seen> all = seen();
        return all.subList(Math.max(0, all.size() - 25), all.size()).stream()
                .map(Seen::toString)
                .collect(Collectors.joining("\n"));
    }

    private Map<String, String> truth() {
        final Map<String, String> truth = new HashMap<>();
        for (final WatchedKeys.WatchedKey key : keys.all()) {
            final ValueFormat format = formats.get(key.id());
            truth.put(
                    key.name(),
                    format.kind() == ValueFormat.Kind.HASH
                            ? writer.hget(key.name(), format.price())
                            : writer.get(key.name()));
        }
        return truth;
    }

    private void watch(final String name, final String format) {
        keys.add(
                new WatchedKeys.WatchedKey(
                        keys.size(),
                        name,
                        2,
                        100 + keys.size(),
                        Field.LAST,
                        250_000_000L,
                        200_000_000L,
                        0,
                        new Decimal(),
                        false,
                        0,
                        "test"));
        formats.add(ValueFormat.parse(format));
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Takes every message apart as the engine would. */
    private final class Collector implements Inbound {
        @Override
        public boolean offer(
                final InboundType type,
                final int source,
                final int epoch,
                final long stampNs,
                final byte[] bytes,
                final int offset,
                final int length) {
            final InboundMessage message =
                    new InboundMessage()
                            .set(type, source, epoch, 0, stampNs, bytes, offset, length);
            synchronized (seen) {
                if (type == InboundType.REDIS_VALUE || type == InboundType.REDIS_EVENT) {
                    final MarketEvent draft = new MarketEvent().clear();
                    draft.bytes = bytes;
                    decoder.decode(message, draft, event -> seen.add(record(message, event)));
                } else {
                    seen.add(
                            new Seen(
                                    type,
                                    epoch,
                                    stampNs,
                                    null,
                                    null,
                                    null,
                                    null,
                                    MarketEvent.NONE,
                                    "",
                                    "",
                                    null,
                                    MarketEvent.NONE,
                                    MarketEvent.NONE,
                                    MarketEvent.NONE,
                                    MarketEvent.NONE,
                                    message.text()));
                }
            }
            return true;
        }

        @Override
        public boolean offer(
                final InboundType type,
                final int source,
                final int epoch,
                final long stampNs,
                final ByteBuffer payload) {
            throw new UnsupportedOperationException("the Redis feed offers arrays");
        }

        private Seen record(final InboundMessage message, final MarketEvent event) {
            if (event.type != EventType.KEY_VALUE && event.type != EventType.KEY_EVENT) {
                throw new AssertionError("unexpected " + event.type);
            }
            return new Seen(
                    message.type,
                    message.epoch,
                    message.stampNs,
                    event.key < 0 ? null : keys.key(event.key).name(),
                    event.keyState,
                    event.rung,
                    event.resolution,
                    event.place,
                    event.type == EventType.KEY_VALUE ? event.text(10_000) : "",
                    event.price.toString(),
                    event.valueFault,
                    event.writtenAfterNs,
                    event.expiresAtNs,
                    event.embeddedSequence,
                    event.embeddedNs,
                    "");
        }
    }
}
