package io.plumbline.bench.figure;

import io.plumbline.bench.Counting;
import io.plumbline.bench.DecodeBenchmark;
import io.plumbline.bench.World;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.EightBytes;
import java.util.Arrays;

/**
 * A {@link World} of so many symbols whose book tickers and trades come in turns, each with the
 * next id, a later time and a moved price: it can go on for ever, and nothing is ever found in it.
 */
final class MovingMarket {
    /** Every symbol speaks this often, however many there are. */
    private static final long CYCLE_NS = 10_000_000L;

    private static final int CYCLE_PLACE = 1;
    private static final int LOWEST = 60_000;
    private static final int SPAN = 9_973;
    private static final int STRIDE = 7;
    private static final int DIGITS = 5;

    /** Messages laid out at once. */
    static final int CHUNK = 20_000;

    private static final int CELL = 512;

    final World world;
    private final InboundMessage message = new InboundMessage();
    private final byte[] slab = new byte[(CHUNK + 1) * CELL];
    private final int[] chunkSources = new int[CHUNK];
    private final int[] chunkLengths = new int[CHUNK];
    private final long[] chunkStamps = new long[CHUNK];
    private final byte[][] frames;
    private final Counting[][] counting;
    private final int[][] prices;
    private final int[] lengths;
    private final int[] sources;
    private final long stepNs;
    private long stampNs = World.START_NS;
    private int next;
    private int cycles;

    MovingMarket(final int symbols) {
        world = new World(symbols, "250ms");
        frames = new byte[symbols * 2][];
        counting = new Counting[symbols * 2][];
        prices = new int[symbols * 2][];
        lengths = new int[symbols * 2];
        sources = new int[symbols * 2];
        stepNs = CYCLE_NS / sources.length;
        for (int id = 0; id < symbols; id++) {
            final String symbol = world.watch.instruments().instrument(id).venueSymbol();
            prepare(id, symbol, "bookTicker", "\"u\":", "\"b\":\"", "\"a\":\"");
            prepare(symbols + id, symbol, "aggTrade", "\"a\":", "\"p\":\"");
            sources[id] = world.source(id, Channel.BOOK_TICKER);
            sources[symbols + id] = world.source(id, Channel.AGG_TRADE);
        }
    }

    private void prepare(
            final int at,
            final String symbol,
            final String frame,
            final String id,
            final String... priceFields) {
        final String text = DecodeBenchmark.text(frame).replace("BTCUSDT", symbol);
        // As in the ring, other bytes stand behind a message.
        frames[at] = Arrays.copyOf(World.bytes(text), text.length() + EightBytes.SLACK);
        lengths[at] = text.length();
        counting[at] =
                new Counting[] {
                    new Counting(frames[at], id, 1, 0),
                    new Counting(frames[at], "\"E\":", 1, CYCLE_PLACE),
                    new Counting(frames[at], "\"T\":", 1, CYCLE_PLACE)
                };
        prices[at] = new int[priceFields.length];
        for (int i = 0; i < priceFields.length; i++) {
            prices[at][i] = text.indexOf(priceFields[i]) + priceFields[i].length();
        }
    }

    /** Moves on to the next message. */
    int step() {
        final int at = next;
        next = at + 1 == frames.length ? 0 : at + 1;
        cycles += next == 0 ? 1 : 0;
        for (final Counting number : counting[at]) {
            number.next();
        }
        for (final int price : prices[at]) {
            put(frames[at], price, LOWEST + cycles * STRIDE % SPAN);
        }
        stampNs += stepNs;
        return at;
    }

    private static void put(final byte[] frame, final int at, final int value) {
        int rest = value;
        for (int i = DIGITS - 1; i >= 0; i--) {
            frame[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    byte[] frame(final int at) {
        return frames[at];
    }

    int length(final int at) {
        return lengths[at];
    }

    int source(final int at) {
        return sources[at];
    }

    long stampNs() {
        return stampNs;
    }

    /** So many messages through the engine. */
    long judge(final int messages) {
        for (int done = 0; done < messages; done += CHUNK) {
            fill();
            judgeFilled();
        }
        return world.engine.nowNs();
    }

    /** Lays the next {@link #CHUNK} messages side by side, as they would lie in the ring. */
    void fill() {
        int to = 0;
        for (int i = 0; i < CHUNK; i++) {
            final int at = step();
            chunkSources[i] = sources[at];
            chunkStamps[i] = stampNs;
            chunkLengths[i] = lengths[at];
            System.arraycopy(frames[at], 0, slab, to, lengths[at]);
            to += CELL;
        }
    }

    /** Puts them through the engine. */
    long judgeFilled() {
        return judgeFilled(world.engine);
    }

    /** The same through another one. */
    long judgeFilled(final InboundHandler judge) {
        for (int i = 0; i < CHUNK; i++) {
            message.set(
                    InboundType.FRAME_TEXT,
                    chunkSources[i],
                    1,
                    0,
                    chunkStamps[i],
                    slab,
                    i * CELL,
                    chunkLengths[i]);
            judge.onMessage(message);
        }
        judge.onBatchEnd();
        return stampNs;
    }
}
