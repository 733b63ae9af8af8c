package io.plumbline.app;

import io.plumbline.app.watch.Watch;
import io.plumbline.feed.redis.ObservationWriter;
import io.plumbline.feed.sim.SimulatedFrame;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Rung;
import io.plumbline.market.Sources;
import io.plumbline.market.WatchedKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * A market, an honest writer of every {@link WritingStyle} and an observer of every kind, by a
 * clock of their own: what each writer writes when, and what each rung then shows of it. The same
 * seed gives the same messages.
 */
final class HonestTraffic {
    /** How Redis is looked at. */
    enum Sight {
        REPLICATION(Rung.REPLICATION, 0),
        NOTIFICATION(Rung.NOTIFICATION, 0),
        TRACKING(Rung.TRACKING, 0),
        SAMPLING(Rung.SAMPLING, 0),
        /** By notifications on a replica that has everything so much later. */
        LAGGING(Rung.NOTIFICATION, 50);

        private final Rung rung;
        private final long lagNs;

        Sight(final Rung rung, final long lagMs) {
            this.rung = rung;
            lagNs = lagMs * MS;
        }

        /** The name of its Redis in the configuration. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final long MS = 1_000_000L;
    private static final long STEP_NS = 5 * MS;
    private static final long SOCKET_NS = 5 * MS;
    private static final long TICK_NS = 50 * MS;
    private static final long SAMPLE_NS = 20 * MS;
    private static final long SWEEP_NS = 1_000 * MS;
    private static final long LIFE_NS = 30_000 * MS;
    private static final int EPOCH = 1;

    /** The slowest that a writer is with a price, from the exchange to Redis. */
    private static final int SLOWEST_MS = 40;

    /** Something that is due, in the order in which it was arranged. */
    private record Due(long atNs, long order, LongConsumer what) {}

    /** One watched key: what its writer holds, what stands in Redis, what was shown of it. */
    private static final class Key {
        private final WatchedKeys.WatchedKey rule;
        private final WritingStyle style;
        private final Sight sight;
        private final byte[] name;
        private String price;
        private boolean gathering;
        private byte[] value;
        private long expiresAtNs;
        private byte[] shown;
        private boolean mentioned;
        private long lookedNs;

        Key(final WatchedKeys.WatchedKey rule, final Sight sight) {
            this.rule = rule;
            this.sight = sight;
            name = rule.name().getBytes(StandardCharsets.UTF_8);
            final String style = rule.name().substring(0, rule.name().indexOf(':'));
            this.style = WritingStyle.valueOf(style.toUpperCase(Locale.ROOT));
        }
    }

    private final MarketState state;
    private final List<Sources.Source> connections;
    private final SimulatedMarket market;
    private final Inbound inbound;
    private final SplittableRandom random;
    private final List<Key> keys = new ArrayList<>();
    private final ObservationWriter observation = new ObservationWriter();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNs).thenComparingLong(Due::order));
    private long order;
    private long nowNs;
    private long writes;

    HonestTraffic(
            final Watch watch,
            final List<SimulatedInstrument> instruments,
            final Inbound inbound,
            final long seed,
            final long fromNs) {
        this.inbound = inbound;
        state = watch.state();
        market = new SimulatedMarket(seed, instruments);
        random = new SplittableRandom(seed);
        nowNs = fromNs;
        connections =
                watch.sources().all().stream()
                        .filter(
                                source ->
                                        source.kind() == Sources.Kind.VENUE
                                                || source.kind() == Sources.Kind.REDIS)
                        .toList();
        for (final WatchedKeys.WatchedKey rule : watch.keys().all()) {
            final String redis = watch.sources().all().get(rule.source()).name();
            keys.add(new Key(rule, sight(redis)));
        }
        for (final SimulatedInstrument instrument : instruments) {
            state.instruments
                    .tick(state.instruments.find(instrument.venue(), instrument.symbol()))
                    .set(Decimal.of(instrument.tickSize()));
        }
    }

    private static Sight sight(final String redis) {
        final String label = redis.substring(redis.indexOf('/') + 1);
        return Sight.valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Prices that were written. */
    long writes() {
        return writes;
    }

    /** Every connection comes up, observers and clock begin. */
    void open() {
        for (final Sources.Source source : connections) {
            for (final String session : List.of("CONNECTING", "SUBSCRIBED", "LIVE")) {
                offer(InboundType.SESSION, source.id(), nowNs, ascii(session));
            }
        }
        every(TICK_NS, this::tick);
        every(SAMPLE_NS, this::sample);
        every(SWEEP_NS, this::sweep);
    }

    /** Goes on until this moment. */
    void run(final long untilNs) {
        while (nowNs < untilNs) {
            nowNs += STEP_NS;
            market.step(nowNs, this::onFrame);
            while (!due.isEmpty() && due.peek().atNs <= nowNs) {
                final Due next = due.poll();
                next.what.accept(next.atNs);
            }
        }
    }

    private void onFrame(final SimulatedFrame frame) {
        final int instrument = state.instruments.find(frame.venue(), frame.symbol());
        final int source = state.subscriptions.source(instrument, frame.channel());
        if (source >= 0) {
            final byte[] text =
                    ascii("{\"stream\":\"" + frame.stream() + "\",\"data\":" + frame.json() + "}");
            at(
                    frame.stampNs() + SOCKET_NS,
                    atNs -> offer(InboundType.FRAME_TEXT, source, atNs, text));
        }
        if (frame.channel() == Channel.AGG_TRADE) {
            for (final Key key : keys) {
                if (key.rule.instrument() == instrument) {
                    final long heardNs =
                            frame.stampNs() + 1 + random.nextInt(SLOWEST_MS * (int) MS);
                    final String price = frame.prices().last();
                    at(heardNs, atNs -> hear(key, price, atNs));
                }
            }
        }
    }

    /** The writer has a socket of its own, at times faster than ours; it may gather. */
    private void hear(final Key key, final String price, final long heardNs) {
        key.price = price;
        if (!key.gathering) {
            key.gathering = true;
            at(
                    heardNs + key.style.gathersMs() * MS,
                    sentNs -> {
                        key.gathering = false;
                        final byte[] value = ascii(key.price);
                        at(sentNs + key.sight.lagNs, atNs -> stands(key, value, atNs));
                    });
        }
    }

    /** From now on this stands where the observer looks. */
    private void stands(final Key key, final byte[] value, final long atNs) {
        writes++;
        key.value = value;
        key.expiresAtNs = key.style.lives() ? atNs + LIFE_NS : MarketEvent.NEVER;
        if (key.sight == Sight.REPLICATION) {
            show(key, key.sight.rung, atNs, atNs);
        } else if (key.sight != Sight.SAMPLING && !key.mentioned) {
            key.mentioned = true;
            // Told after this, read after that; a value in between is overtaken.
            final long toldNs = atNs + 1 + random.nextInt((int) MS);
            at(
                    toldNs + random.nextInt(2 * (int) MS),
                    readNs -> {
                        key.mentioned = false;
                        show(key, key.sight.rung, toldNs, readNs);
                    });
        }
    }

    private void sample(final long atNs) {
        for (final Key key : keys) {
            if (key.sight == Sight.SAMPLING) {
                look(key, Rung.SAMPLING, atNs);
            }
        }
    }

    private void sweep(final long atNs) {
        for (final Sources.Source source : connections) {
            offer(InboundType.HEARTBEAT, source.id(), atNs, new byte[0]);
        }
        for (final Key key : keys) {
            if (key.sight != Sight.SAMPLING && !key.mentioned) {
                look(key, Rung.SWEEP, atNs);
            }
        }
    }

    private void look(final Key key, final Rung rung, final long atNs) {
        if (key.value != null && key.value != key.shown) {
            show(key, rung, key.lookedNs, atNs);
        }
        key.lookedNs = atNs;
    }

    private void show(final Key key, final Rung rung, final long writtenAfterNs, final long atNs) {
        key.shown = key.value;
        final int length =
                observation.present(
                        key.name, rung, writtenAfterNs, key.expiresAtNs, key.value, null, null);
        inbound.offer(
                InboundType.REDIS_VALUE,
                key.rule.source(),
                EPOCH,
                atNs,
                observation.buffer(),
                0,
                length);
    }

    private void tick(final long atNs) {
        offer(
                InboundType.TIMER,
                Sources.TIMER,
                atNs,
                ByteBuffer.allocate(Long.BYTES).putLong(atNs).array());
    }

    private void every(final long intervalNs, final LongConsumer what) {
        at(
                nowNs + intervalNs,
                new LongConsumer() {
                    @Override
                    public void accept(final long atNs) {
                        what.accept(atNs);
                        at(atNs + intervalNs, this);
                    }
                });
    }

    private void at(final long atNs, final LongConsumer what) {
        due.add(new Due(atNs, order++, what));
    }

    private void offer(
            final InboundType type, final int source, final long atNs, final byte[] bytes) {
        inbound.offer(type, source, EPOCH, atNs, bytes, 0, bytes.length);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
