package io.plumbline.feed.redis.server;

import io.plumbline.feed.FeedContext;
import io.plumbline.feed.redis.RedisDecoder;
import io.plumbline.feed.redis.RedisFeed;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.feed.redis.ValueFormat;
import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SessionState;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.SystemClock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A feed of any topology and everything that it offered, for tests against real servers. */
final class ObservedRedis implements AutoCloseable {
    /** Where its first part stands among the sources. */
    static final int FIRST_SOURCE = 7;

    /** A message; {@code key} and {@code value} are null where it has none. */
    record Told(
            InboundType type,
            int part,
            long stampNs,
            String key,
            KeyState state,
            String value,
            String text) {}

    final Counters counters = new Counters();
    final SystemClock clock = new SystemClock();
    private final RedisFeed feed;
    private final WatchedKeys keys = new WatchedKeys();
    private final List<ValueFormat> formats = new ArrayList<>();
    private final RedisDecoder decoder;
    private final List<Told> told = new ArrayList<>();

    ObservedRedis(final RedisSettings settings, final Topology topology, final List<String> names) {
        for (final String name : names) {
            keys.add(
                    new WatchedKeys.WatchedKey(
                            keys.size(),
                            name,
                            FIRST_SOURCE,
                            keys.size(),
                            Field.LAST,
                            1,
                            1,
                            0,
                            new Decimal(),
                            false,
                            0,
                            "test"));
            formats.add(ValueFormat.parse("plain"));
        }
        decoder = new RedisDecoder(keys, formats);
        feed =
                new RedisFeed(
                        settings,
                        topology,
                        FIRST_SOURCE,
                        keys,
                        formats,
                        new FeedContext(clock, new Collector(), counters, ObservedRedis::thread),
                        new LatencyRecorder(Hop.REDIS_ROUND_TRIP, "test", counters));
        feed.start();
    }

    /** The same, waited for until all of it is LIVE and its view is complete. */
    ObservedRedis awaitLive(final int parts) {
        await(
                parts + " parts LIVE",
                15,
                () ->
                        feed.statuses().size() == parts
                                && feed.status().state() == SessionState.LIVE
                                && view().size() == keys.size());
        return this;
    }

    RedisFeed feed() {
        return feed;
    }

    int mark() {
        synchronized (told) {
            return told.size();
        }
    }

    List<Told> since(final int mark) {
        synchronized (told) {
            return List.copyOf(told.subList(mark, told.size()));
        }
    }

    /** Facts since {@code mark}: {@code NAME detail}. */
    List<String> facts(final int mark) {
        return since(mark).stream()
                .filter(each -> each.type == InboundType.MONITOR)
                .map(Told::text)
                .toList();
    }

    List<String> facts(final int mark, final String name) {
        return facts(mark).stream().filter(fact -> fact.startsWith(name + ' ')).toList();
    }

    /** Which part last told each key, counted from 0. */
    Map<String, Integer> holders() {
        final Map<String, Integer> holders = new HashMap<>();
        for (final Told each : since(0)) {
            if (each.type == InboundType.REDIS_VALUE) {
                holders.put(each.key, each.part);
            }
        }
        return holders;
    }

    /** The last value of every key that was told; null where it was told absent. */
    Map<String, String> view() {
        final Map<String, String> view = new HashMap<>();
        for (final Told each : since(0)) {
            if (each.type == InboundType.REDIS_VALUE) {
                view.put(each.key, each.value);
            }
        }
        return view;
    }

    void await(final String what, final long withinS, final BooleanSupplier condition) {
        Patience.await(what, withinS, condition::getAsBoolean, this::tail);
    }

    @Override
    public void close() {
        feed.close();
    }

    private String tail() {
        final StringBuilder tail = new StringBuilder(feed.statuses().toString());
        final List<Told> all = since(0);
        all.subList(Math.max(0, all.size() - 20), all.size())
                .forEach(each -> tail.append('\n').append(each));
        all.stream()
                .filter(each -> each.type == InboundType.MONITOR)
                .forEach(each -> tail.append('\n').append(each));
        return tail.toString();
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
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
            if (type == InboundType.HEARTBEAT) {
                return true;
            }
            final InboundMessage message =
                    new InboundMessage()
                            .set(type, source, epoch, 0, stampNs, bytes, offset, length);
            synchronized (told) {
                if (type == InboundType.REDIS_VALUE || type == InboundType.REDIS_EVENT) {
                    final MarketEvent draft = new MarketEvent().clear();
                    draft.bytes = bytes;
                    decoder.decode(message, draft, event -> told.add(record(message, event)));
                } else {
                    told.add(
                            new Told(
                                    type,
                                    source - FIRST_SOURCE,
                                    stampNs,
                                    null,
                                    null,
                                    null,
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

        private Told record(final InboundMessage message, final MarketEvent event) {
            return new Told(
                    message.type,
                    message.source - FIRST_SOURCE,
                    message.stampNs,
                    event.key < 0 ? null : keys.key(event.key).name(),
                    event.keyState,
                    message.type == InboundType.REDIS_VALUE && event.keyState == KeyState.PRESENT
                            ? event.text(100)
                            : null,
                    "");
        }
    }
}
