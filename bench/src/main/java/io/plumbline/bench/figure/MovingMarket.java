package io.plumbline.bench.figure;

import io.plumbline.bench.Counting;
import io.plumbline.bench.DecodeBenchmark;
import io.plumbline.bench.World;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.EightBytes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;

/**
 * A {@link World} of so many symbols whose book tickers and trades come in turns, each with the
 * next id, a later time and a moved price: it can go on for ever, and nothing is ever found in it.
 * They speak in a fixed order, all tickers first.
 */
final class MovingMarket {
    /** Every symbol speaks this often, however many there are. */
    private static final long CYCLE_NS = 10_000_000L;

    private static final int CYCLE_PLACE = 1;
    private static final int LOWEST = 60_000;
    private static final int SPAN = 9_973;
    private static final int STRIDE = 7;
    private static final int DIGITS = 5;
    private static final int MIDDLE = 650_000;

    /** Messages laid out at once. */
    static final int CHUNK = 20_000;

    private static final int CELL = 512;
    private static final int BOOK_CELL = 1_536;

    /** Of a difference, each side. */
    private static final int LEVELS = 20;

    private static final int BOOK_STEP = 5;
    private static final long FIRST_UPDATE = 1_000_000_000L;
    private static final int MOST_FRAMES = 3;

    final World world;
    private final InboundMessage message = new InboundMessage();
    private final byte[] slab;
    private final int cell;
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
        this(symbols, false);
    }

    /**
     * @param books whether every symbol has a proven order book too, of which so many levels change
     */
    MovingMarket(final int symbols, final boolean books) {
        world = new World(symbols, "250ms");
        final int kinds = books ? MOST_FRAMES : MOST_FRAMES - 1;
        cell = books ? BOOK_CELL : CELL;
        slab = new byte[(CHUNK + 1) * cell];
        frames = new byte[symbols * kinds][];
        counting = new Counting[symbols * kinds][];
        prices = new int[symbols * kinds][];
        lengths = new int[symbols * kinds];
        sources = new int[symbols * kinds];
        stepNs = CYCLE_NS / sources.length;
        for (int id = 0; id < symbols; id++) {
            final String symbol = world.watch.instruments().instrument(id).venueSymbol();
            final String ticker = DecodeBenchmark.text("bookTicker").replace("BTCUSDT", symbol);
            prepare(id, ticker, "\"u\":", "\"b\":\"", "\"a\":\"");
            final String trade = DecodeBenchmark.text("aggTrade").replace("BTCUSDT", symbol);
            prepare(symbols + id, trade, "\"a\":", "\"p\":\"");
            sources[id] = world.source(id, Channel.BOOK_TICKER);
            sources[symbols + id] = world.source(id, Channel.AGG_TRADE);
            if (books) {
                book(2 * symbols + id, id, symbol);
            }
        }
    }

    /** A snapshot now, a difference that follows it in each turn. */
    private void book(final int at, final int id, final String symbol) {
        sources[at] = world.source(id, Channel.DEPTH);
        final String snapshot =
                "{\"symbol\":\""
                        + symbol
                        + "\",\"body\":{\"lastUpdateId\":"
                        + (FIRST_UPDATE + BOOK_STEP + 2)
                        + ",\"bids\":"
                        + levels(-1, 2 * LEVELS)
                        + ",\"asks\":"
                        + levels(1, 2 * LEVELS)
                        + "}}";
        world.take(InboundType.SNAPSHOT, sources[at], stampNs, World.bytes(snapshot));
        final String difference =
                "{\"stream\":\""
                        + symbol.toLowerCase(Locale.ROOT)
                        + "@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1723161256352,\"T\":"
                        + "1723161256351,\"s\":\""
                        + symbol
                        + "\",\"U\":"
                        + (FIRST_UPDATE + 1)
                        + ",\"u\":"
                        + (FIRST_UPDATE + BOOK_STEP)
                        + ",\"pu\":"
                        + FIRST_UPDATE
                        + ",\"b\":"
                        + levels(-1, LEVELS)
                        + ",\"a\":"
                        + levels(1, LEVELS)
                        + "}}";
        lay(at, difference);
        counting[at] =
                new Counting[] {
                    new Counting(frames[at], "\"U\":", BOOK_STEP, 0),
                    new Counting(frames[at], "\"u\":", BOOK_STEP, 0),
                    new Counting(frames[at], "\"pu\":", BOOK_STEP, 0),
                    new Counting(frames[at], "\"E\":", 1, CYCLE_PLACE),
                    new Counting(frames[at], "\"T\":", 1, CYCLE_PLACE),
                    // The size of the best bid.
                    new Counting(frames[at], "[[\"64999.9\",\"1", 1, 0)
                };
        prices[at] = new int[0];
    }

    private static String levels(final int direction, final int count) {
        final StringBuilder out = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            out.append(i == 1 ? "[[\"" : ",[\"")
                    .append(BigDecimal.valueOf(MIDDLE + direction * i, 1))
                    .append("\",\"1000000.")
                    .append(100 + i)
                    .append("\"]");
        }
        return out.append(']').toString();
    }

    private void lay(final int at, final String text) {
        // As in the ring, other bytes stand behind a message.
        frames[at] = Arrays.copyOf(World.bytes(text), text.length() + EightBytes.SLACK);
        lengths[at] = text.length();
    }

    private void prepare(
            final int at, final String text, final String id, final String... priceFields) {
        lay(at, text);
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
            to += cell;
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
                    i * cell,
                    chunkLengths[i]);
            judge.onMessage(message);
        }
        judge.onBatchEnd();
        return stampNs;
    }
}
