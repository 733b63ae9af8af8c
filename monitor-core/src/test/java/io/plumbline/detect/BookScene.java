package io.plumbline.detect;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.InlineInbound;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.BookSide;
import io.plumbline.market.Channel;
import io.plumbline.market.ChecksumRule;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;
import io.plumbline.market.SnapshotRequests;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.Counters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A world of order books: two connections, two instruments, an engine with the book detector alone.
 * A test fills {@link #next}, levels as {@code "bid 100.5 2"}, and sends it; time is in ms.
 */
final class BookScene implements MessageDecoder, SnapshotRequests {
    static final long START_NS = 1_700_000_000_000_000_000L;

    final Sources sources = new Sources();
    final int first = sources.addVenue("test", "one");
    final int second = sources.addVenue("test", "two");
    final Instruments instruments = new Instruments();
    final int btc = instruments.add("test", "BTC/USDT", "BTCUSDT");
    final int eth = instruments.add("test", "ETH/USDT", "ETHUSDT");
    final Counters counters = new Counters();
    final MarketState state;
    final MarketEvent next = new MarketEvent().clear();

    /** What was found, and what was asked for, since the last look. */
    final List<String> told = new ArrayList<>();

    final List<String> asked = new ArrayList<>();
    private final BookDetector detector;
    private final Engine engine;
    private final InlineInbound inbound;
    private final Decimal price = new Decimal();
    private int source = first;
    private int epoch = 1;
    private int droppedBefore;
    private long nowMs;

    BookScene() {
        this(false);
    }

    /**
     * @param paired whether both connections carry the same
     */
    BookScene(final boolean paired) {
        if (paired) {
            sources.pair(first, second);
        }
        state = new MarketState(sources, instruments, new WatchedKeys(), new Subscriptions(), 1);
        detector = new BookDetector(state);
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        decoders[first] = this;
        decoders[second] = this;
        engine =
                new Engine(
                        state,
                        decoders,
                        List.of(detector),
                        new InlineFindings(this::collect),
                        counters);
        inbound = new InlineInbound(engine);
        state.books.requests(this);
        session("LIVE");
        over(second, 1).session("LIVE").over(first, 1);
    }

    private void collect(final Finding finding) {
        final StringBuilder out = new StringBuilder();
        out.append(finding.kind).append(' ').append(finding.edge).append(": ");
        detector.describe(finding, out);
        out.append(" [").append(finding.text(Evidence.STATE));
        out.append(' ').append(finding.text(Evidence.CAUSE)).append(']');
        told.add(out.toString());
    }

    @Override
    public void wanted(final int instrument, final long nowNs) {
        asked.add("fetch " + instruments.instrument(instrument).symbol());
    }

    @Override
    public void resubscriptionWanted(final int instrument, final int source, final long nowNs) {
        asked.add("subscribe " + instruments.instrument(instrument).symbol());
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        draft.type = next.type;
        draft.channel = next.channel;
        draft.instrument = next.instrument;
        draft.rule = next.rule;
        draft.book = next.book;
        draft.firstSequence = next.firstSequence;
        draft.lastSequence = next.lastSequence;
        draft.previousSequence = next.previousSequence;
        draft.connectionSequence = next.connectionSequence;
        draft.checksum = next.checksum;
        draft.checksumRule = next.checksumRule;
        draft.bookDepth = next.bookDepth;
        for (int i = 0; i < next.levels.count(); i++) {
            draft.levels.begin(next.levels.isBid(i));
            draft.levels.price(next.levels.price(i), next.levels.priceExponent(i));
            draft.levels.size(next.levels.size(i), next.levels.sizeExponent(i));
        }
        out.onEvent(draft);
    }

    /** Further messages come over this connection. */
    BookScene over(final int ofSource, final int ofEpoch) {
        source = ofSource;
        epoch = ofEpoch;
        return this;
    }

    BookScene session(final String text) {
        inbound.offer(InboundType.SESSION, source, epoch, nowNs(), text);
        return this;
    }

    /** The ring swallows messages before the next one. */
    BookScene lose(final int messages) {
        droppedBefore = messages;
        return this;
    }

    BookScene pass(final long millis) {
        final long endMs = nowMs + millis;
        for (; nowMs < endMs; nowMs += 50) {
            tick();
        }
        nowMs = endMs;
        tick();
        return this;
    }

    private void tick() {
        inbound.offer(InboundType.TIMER, Sources.TIMER, 0, nowNs(), "");
    }

    private long nowNs() {
        return START_NS + nowMs * 1_000_000;
    }

    /** A snapshot or difference without numbers in the stream. */
    BookScene unnumbered(final int instrument, final BookAction book, final String... levels) {
        next.clear();
        next.type = EventType.MARKET;
        next.channel = Channel.DEPTH;
        next.instrument = instrument;
        next.book = book;
        for (final String level : levels) {
            level(next.levels, level);
        }
        return this;
    }

    /** A difference of ids {@code from} to {@code to}, spot rule. */
    BookScene spot(final int instrument, final long from, final long to, final String... levels) {
        unnumbered(instrument, BookAction.DELTA, levels);
        next.rule = SequenceRule.CONTIGUOUS;
        next.firstSequence = from;
        next.lastSequence = to;
        return this;
    }

    /** A difference of ids {@code from} to {@code to} after {@code previous}, futures rule. */
    BookScene futures(
            final int instrument,
            final long from,
            final long to,
            final long previous,
            final String... levels) {
        spot(instrument, from, to, levels);
        next.rule = SequenceRule.CHAINED;
        next.previousSequence = previous;
        return this;
    }

    /** The answer of the venue's REST interface. */
    BookScene fetched(final int instrument, final long last, final String... levels) {
        unnumbered(instrument, BookAction.SNAPSHOT, levels);
        next.type = EventType.FETCHED_BOOK;
        next.channel = Channel.DEPTH_SNAPSHOT;
        next.lastSequence = last;
        return this;
    }

    BookScene checksum(final ChecksumRule rule, final long value) {
        next.checksumRule = rule;
        next.checksum = value;
        return this;
    }

    BookScene send() {
        final byte[] nothing = {};
        final InboundMessage message = new InboundMessage();
        final InboundType type =
                next.type == EventType.FETCHED_BOOK ? InboundType.SNAPSHOT : InboundType.FRAME_TEXT;
        message.set(type, source, epoch, droppedBefore, nowNs(), nothing, 0, 0);
        droppedBefore = 0;
        engine.onMessage(message);
        engine.onBatchEnd();
        return this;
    }

    private static void level(final BookLevels levels, final String text) {
        final String[] words = text.split(" ");
        final byte[] p = words[1].getBytes(StandardCharsets.US_ASCII);
        final byte[] s = words[2].getBytes(StandardCharsets.US_ASCII);
        levels.begin(words[0].equals("bid"));
        levels.price(p, 0, p.length);
        levels.size(s, 0, s.length);
    }

    /** {@code STATE reason: bids | asks}, best first. */
    String book(final int instrument) {
        final InstrumentBook book = state.books.find(instrument);
        if (book == null) {
            return "none";
        }
        final StringBuilder out = new StringBuilder(book.state().name());
        out.append(' ').append(book.reason().label()).append(':');
        side(book.book().bids(), out);
        side(book.book().asks(), out.append(" |"));
        return out.toString().replace(" :", ":");
    }

    private void side(final BookSide side, final StringBuilder out) {
        for (int rank = 0; rank < side.count(); rank++) {
            out.append(' ').append(side.price(rank, price));
            out.append('x').append(side.size(rank, price));
        }
    }

    List<String> told() {
        final List<String> copy = List.copyOf(told);
        told.clear();
        return copy;
    }

    List<String> asked() {
        final List<String> copy = List.copyOf(asked);
        asked.clear();
        return copy;
    }
}
