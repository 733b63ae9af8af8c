package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.BookReason;
import io.plumbline.market.BookState;
import io.plumbline.market.Books;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import java.util.Arrays;

/**
 * Says when an order book is not the venue's: its checksum does not agree, or it stayed crossed or
 * locked for {@link Books#CROSSED_NS}. Opened once, closed once: a checksum when a snapshot has
 * proven the book anew, a crossing when it is over.
 */
public final class BookDetector implements Detector {
    private static final String CROSSED = "crossed";
    private static final String LOCKED = "locked";

    private final MarketState state;
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();

    /** By book: the last break that was looked at, what is open, and since when. */
    private int[] breaks = new int[64];

    private FindingKind[] open = new FindingKind[64];
    private long[] openedNs = new long[64];

    public BookDetector(final MarketState state) {
        this.state = state;
    }

    @Override
    public String name() {
        return "book";
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.MARKET || event.type == EventType.COPY) {
            if (event.channel == Channel.DEPTH || event.channel == Channel.DEPTH_SNAPSHOT) {
                final int instrument = state.books.subject(event);
                judge(state.books.fedBy(event.source, instrument), nowNs, findings);
            }
        } else if (event.type == EventType.TIMER) {
            for (int i = 0; i < state.books.size(); i++) {
                judge(state.books.find(0, i), nowNs, findings);
                judge(state.books.find(1, i), nowNs, findings);
            }
        }
    }

    private void judge(final InstrumentBook book, final long nowNs, final FindingSink findings) {
        if (book == null) {
            return;
        }
        final int id = id(book);
        if (id >= open.length) {
            final int room = Math.max(id + 1, open.length * 2);
            breaks = Arrays.copyOf(breaks, room);
            open = Arrays.copyOf(open, room);
            openedNs = Arrays.copyOf(openedNs, room);
        }
        if (open[id] != null && isOver(open[id], book)) {
            tell(open[id], Edge.CLOSE, book, nowNs, findings);
            open[id] = null;
        }
        if (breaks[id] != book.breaks()) {
            breaks[id] = book.breaks();
            final FindingKind kind = kind(book);
            if (open[id] == null && kind != null) {
                open[id] = kind;
                openedNs[id] = nowNs;
                tell(kind, Edge.OPEN, book, nowNs, findings);
            }
        }
    }

    private static int id(final InstrumentBook book) {
        return 2 * book.instrument() + book.side();
    }

    private static FindingKind kind(final InstrumentBook book) {
        if (book.state() != BookState.GAPPED) {
            return null;
        }
        switch (book.reason()) {
            case CHECKSUM:
                return FindingKind.BOOK_CHECKSUM;
            case CROSSED:
                return FindingKind.BOOK_CROSSED;
            default:
                return null;
        }
    }

    private static boolean isOver(final FindingKind kind, final InstrumentBook book) {
        return book.state() == BookState.PROVEN
                || kind == FindingKind.BOOK_CROSSED
                        && book.reason() == BookReason.CROSSED
                        && !book.book().isCrossed();
    }

    private void tell(
            final FindingKind kind,
            final Edge edge,
            final InstrumentBook book,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = findings.claim(kind, edge, name(), nowNs);
        Subject.instrument(finding, state, book.instrument(), Channel.DEPTH);
        if (state.twins.isPaired(book.source())) {
            finding.key = state.sources.source(book.source()).connection();
        }
        if (edge == Edge.CLOSE) {
            finding.with(Evidence.LASTED_NS, nowNs - openedNs[id(book)]);
        } else if (kind == FindingKind.BOOK_CHECKSUM) {
            finding.with(Evidence.EXPECTED_SEQUENCE, book.expectedChecksum())
                    .with(Evidence.OBSERVED_SEQUENCE, book.observedChecksum());
        }
        book.book().bestBid(bid);
        book.book().bestAsk(ask);
        finding.with(Evidence.BEST_BID, bid)
                .with(Evidence.BEST_ASK, ask)
                .with(Evidence.STATE, book.state().name());
        if (edge == Edge.OPEN) {
            finding.with(
                    Evidence.CAUSE,
                    kind == FindingKind.BOOK_CHECKSUM
                            ? BookReason.CHECKSUM.label()
                            : bid.compareTo(ask) == 0 ? LOCKED : CROSSED);
        }
        findings.publish();
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        Subject.append(out.append("The order book of "), finding);
        if (!finding.key.isEmpty()) {
            out.append(", as connection ").append(finding.key).append(" tells it,");
        }
        if (finding.edge == Edge.CLOSE) {
            out.append(
                    finding.kind == FindingKind.BOOK_CHECKSUM
                            ? " is proven again after "
                            : " is no longer crossed or locked after ");
            Subject.duration(out, finding.number(Evidence.LASTED_NS, 0));
        } else if (finding.kind == FindingKind.BOOK_CHECKSUM) {
            out.append(" does not have the venue's checksum: ")
                    .append(finding.text(Evidence.OBSERVED_SEQUENCE))
                    .append(" instead of ")
                    .append(finding.text(Evidence.EXPECTED_SEQUENCE));
        } else {
            out.append(" stays ")
                    .append(finding.text(Evidence.CAUSE))
                    .append(": bid ")
                    .append(finding.text(Evidence.BEST_BID))
                    .append(", ask ")
                    .append(finding.text(Evidence.BEST_ASK));
        }
    }
}
