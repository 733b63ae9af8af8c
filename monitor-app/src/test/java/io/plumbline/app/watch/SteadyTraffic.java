package io.plumbline.app.watch;

import io.plumbline.feed.redis.ObservationWriter;
import io.plumbline.feed.sim.SimulatedFrame;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.MarketState;
import io.plumbline.market.Rung;
import io.plumbline.market.Sources;
import io.plumbline.market.WatchedKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A healthy day: every channel of a simulated market, Redis keys that follow it (some a little
 * late, some ahead of us), a second connection where there is one, sweeps, heartbeats and ticks, by
 * a clock of its own. The same seed gives the same messages.
 */
final class SteadyTraffic {
    private static final long MS = 1_000_000L;
    private static final long STEP_NS = 2 * MS;
    private static final long SOCKET_NS = 5 * MS;

    /** So much later the second connection of two brings the same. */
    private static final long TWIN_NS = 2 * MS;

    private static final long TICK_NS = 50 * MS;
    private static final long SWEEP_NS = 1_000 * MS;
    private static final int EPOCH = 1;

    /** One message before it is offered; {@code key} is set where it is an observation. */
    record Message(
            InboundType type, int source, long stampNs, byte[] bytes, byte[] key, Rung rung) {
        /** What the ring must hold of it. */
        int length() {
            return key == null ? bytes.length : 64 + key.length + bytes.length;
        }
    }

    private record Due(long order, Message message) {}

    private final Watch watch;
    private final MarketState state;
    private final SimulatedMarket market;
    private final List<SimulatedInstrument> instruments;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(
                    Comparator.<Due>comparingLong(d -> d.message.stampNs)
                            .thenComparingLong(d -> d.order));
    private final Map<Integer, byte[]> values = new HashMap<>();
    private final ObservationWriter writer = new ObservationWriter();
    private long nowNs;
    private long nextTickNs;
    private long nextSweepNs;
    private long order;
    private int writes;

    SteadyTraffic(
            final Watch watch,
            final List<SimulatedInstrument> instruments,
            final long seed,
            final long fromNs) {
        this.watch = watch;
        this.instruments = instruments;
        state = watch.state();
        market = new SimulatedMarket(seed, instruments);
        nowNs = fromNs;
        nextTickNs = fromNs;
        nextSweepNs = fromNs + SWEEP_NS;
    }

    /** Tick sizes, which the venue's list of instruments would tell, and every connection up. */
    Message[] opening() {
        for (final SimulatedInstrument instrument : instruments) {
            state.instruments
                    .tick(state.instruments.find(instrument.venue(), instrument.symbol()))
                    .set(Decimal.of(instrument.tickSize()));
        }
        final List<Message> messages = new ArrayList<>();
        for (final Sources.Source source : watch.sources().all()) {
            if (source.kind() == Sources.Kind.VENUE || source.kind() == Sources.Kind.REDIS) {
                for (final String session : List.of("CONNECTING", "SUBSCRIBED", "LIVE")) {
                    messages.add(message(InboundType.SESSION, source.id(), nowNs, ascii(session)));
                }
            }
        }
        return messages.toArray(new Message[0]);
    }

    /** The next {@code count} messages. */
    Message[] next(final int count) {
        final Message[] messages = new Message[count];
        int filled = take(messages, 0);
        while (filled < count) {
            market.step(nowNs, this::onFrame);
            nowNs += STEP_NS;
            while (nextTickNs <= nowNs) {
                tick(nextTickNs);
                nextTickNs += TICK_NS;
            }
            if (nextSweepNs <= nowNs) {
                sweep(nextSweepNs);
                nextSweepNs += SWEEP_NS;
            }
            filled = take(messages, filled);
        }
        return messages;
    }

    private int take(final Message[] messages, final int from) {
        int filled = from;
        while (filled < messages.length && !due.isEmpty() && due.peek().message.stampNs <= nowNs) {
            messages[filled++] = due.poll().message;
        }
        return filled;
    }

    /** Offers a message as its feed would. */
    boolean offer(final Message message, final Inbound inbound) {
        if (message.key == null) {
            return inbound.offer(
                    message.type,
                    message.source,
                    EPOCH,
                    message.stampNs,
                    message.bytes,
                    0,
                    message.bytes.length);
        }
        final int length =
                writer.present(
                        message.key,
                        message.rung,
                        message.stampNs - MS / 2,
                        message.stampNs + 60_000 * MS,
                        message.bytes,
                        null,
                        null);
        return inbound.offer(
                message.type, message.source, EPOCH, message.stampNs, writer.buffer(), 0, length);
    }

    private void onFrame(final SimulatedFrame frame) {
        final int instrument = state.instruments.find(frame.venue(), frame.symbol());
        final int source = state.subscriptions.source(instrument, frame.channel());
        final byte[] text =
                ascii("{\"stream\":\"" + frame.stream() + "\",\"data\":" + frame.json() + "}");
        final long stampNs = frame.stampNs() + SOCKET_NS;
        add(message(InboundType.FRAME_TEXT, source, stampNs, text));
        final int twin = watch.sources().twin(source);
        if (twin >= 0) {
            add(message(InboundType.FRAME_TEXT, twin, stampNs + TWIN_NS, text));
        }
        for (final WatchedKeys.WatchedKey key : watch.keys().all()) {
            if (key.instrument() == instrument) {
                follow(key, frame);
            }
        }
    }

    /** Every tenth write is seen before our own socket shows its reason; the others soon after. */
    private void follow(final WatchedKeys.WatchedKey key, final SimulatedFrame frame) {
        final String price =
                key.field() == Field.LAST && frame.channel() == Channel.AGG_TRADE
                        ? frame.prices().last()
                        : key.field() == Field.BID ? frame.prices().bid() : null;
        if (price == null) {
            return;
        }
        writes++;
        final long seenNs =
                writes % 10 == 0
                        ? frame.stampNs() + SOCKET_NS / 2
                        : frame.stampNs() + SOCKET_NS + (1 + writes % 35) * MS;
        final String value =
                key.name().startsWith("json")
                        ? "{\"E\":" + frame.stampNs() / MS + ",\"price\": \"" + price + "\"}"
                        : price;
        values.put(key.id(), ascii(value));
        add(observation(key, Rung.NOTIFICATION, seenNs, ascii(value)));
    }

    private void sweep(final long atNs) {
        for (final WatchedKeys.WatchedKey key : watch.keys().all()) {
            final byte[] value = values.get(key.id());
            // What the sweep reads is what was written last, unless that is still under way.
            if (value != null && due.stream().noneMatch(d -> about(d.message, key))) {
                add(observation(key, Rung.SWEEP, atNs, value));
            }
        }
        for (final Sources.Source source : watch.sources().all()) {
            if (source.kind() == Sources.Kind.VENUE || source.kind() == Sources.Kind.REDIS) {
                add(message(InboundType.HEARTBEAT, source.id(), atNs, new byte[0]));
            }
        }
    }

    private static boolean about(final Message message, final WatchedKeys.WatchedKey key) {
        return message.key != null
                && new String(message.key, StandardCharsets.UTF_8).equals(key.name());
    }

    private void tick(final long atNs) {
        final byte[] wall = ByteBuffer.allocate(Long.BYTES).putLong(atNs).array();
        add(message(InboundType.TIMER, Sources.TIMER, atNs, wall));
    }

    private void add(final Message message) {
        due.add(new Due(order++, message));
    }

    private static Message observation(
            final WatchedKeys.WatchedKey key,
            final Rung rung,
            final long stampNs,
            final byte[] value) {
        return new Message(
                InboundType.REDIS_VALUE, key.source(), stampNs, value, ascii(key.name()), rung);
    }

    private static Message message(
            final InboundType type, final int source, final long stampNs, final byte[] bytes) {
        return new Message(type, source, stampNs, bytes, null, null);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
