package io.plumbline.bench.figure;

import io.plumbline.bench.Counting;
import io.plumbline.bench.DecodeBenchmark;
import io.plumbline.bench.World;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;

/**
 * A {@link World} of so many symbols whose book tickers and trades come in turns, each with the
 * next id, a later time and a moved price: it can go on for ever, and nothing is ever found in it.
 */
final class MovingMarket {
    private static final long STEP_NS = 1_000_000L;

    final World world;
    private final byte[][] frames;
    private final Counting[][] counting;
    private final int[] sources;
    private long stampNs = World.START_NS;
    private int next;

    MovingMarket(final int symbols) {
        world = new World(symbols, "250ms");
        frames = new byte[symbols * 2][];
        counting = new Counting[symbols * 2][];
        sources = new int[symbols * 2];
        for (int id = 0; id < symbols; id++) {
            final String symbol = world.watch.instruments().instrument(id).venueSymbol();
            prepare(id, symbol, "bookTicker", new String[] {"\"u\":", "\"b\":\"", "\"a\":\""});
            prepare(
                    symbols + id,
                    symbol,
                    "aggTrade",
                    new String[] {"\"a\":", "\"f\":", "\"l\":", "\"p\":\""});
            sources[id] = world.source(id, Channel.BOOK_TICKER);
            sources[symbols + id] = world.source(id, Channel.AGG_TRADE);
        }
    }

    private void prepare(
            final int at, final String symbol, final String frame, final String[] numbers) {
        frames[at] = World.bytes(DecodeBenchmark.text(frame).replace("BTCUSDT", symbol));
        counting[at] = new Counting[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            counting[at][i] = new Counting(frames[at], numbers[i], 1, 0);
        }
    }

    /** Bytes that the next messages have on average. */
    int frameBytes() {
        return (frames[0].length + frames[frames.length - 1].length) / 2;
    }

    /** Moves on to the next message. */
    int step() {
        final int at = next;
        next = at + 1 == frames.length ? 0 : at + 1;
        for (final Counting number : counting[at]) {
            number.next();
        }
        stampNs += STEP_NS;
        return at;
    }

    byte[] frame(final int at) {
        return frames[at];
    }

    int source(final int at) {
        return sources[at];
    }

    long stampNs() {
        return stampNs;
    }

    /** So many messages through the engine. */
    long judge(final int messages) {
        for (int i = 0; i < messages; i++) {
            final int at = step();
            world.take(InboundType.FRAME_TEXT, sources[at], stampNs, frames[at]);
        }
        return world.engine.nowNs();
    }
}
