package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final long MS = 1_000_000L;

    private final References references = new References(10_000 * MS);
    private final MarketEvent event = new MarketEvent();
    private long nowNs = 1_000 * MS;

    ReferencesTest() {
        references.watch(0, Field.BID, Channel.TICKER);
    }

    /** A venue that numbers its connection and not its tickers: an old one is no price of now. */
    @Test
    void shouldNotTakeWhatComesTwiceOrLateOnItsConnection() {
        quote("5", SequenceRule.NONE, Continuity.UNJUDGED, Continuity.NEXT);
        quote("6", SequenceRule.NONE, Continuity.UNJUDGED, Continuity.NEXT);
        quote("5", SequenceRule.NONE, Continuity.UNJUDGED, Continuity.DUPLICATE);
        assertEquals(List.of("6", "5"), values());
        final long lateNs = quote("4", SequenceRule.NONE, Continuity.UNJUDGED, Continuity.REORDER);
        assertEquals(List.of("6", "5"), values());
        assertEquals(lateNs, history().holeToNs());
    }

    /** What has a number of its own is judged by it: late on the connection may be news here. */
    @Test
    void shouldBelieveTheStreamsOwnNumberFirst() {
        quote("5", SequenceRule.INCREASING, Continuity.NEXT, Continuity.NEXT);
        quote("6", SequenceRule.INCREASING, Continuity.NEXT, Continuity.REORDER);
        quote("5", SequenceRule.INCREASING, Continuity.REORDER, Continuity.NEXT);
        assertEquals(List.of("6", "5"), values());
    }

    @Test
    void shouldTakeAllWhereNothingIsNumbered() {
        quote("5", SequenceRule.NONE, Continuity.UNJUDGED, Continuity.UNJUDGED);
        quote("6", SequenceRule.NONE, Continuity.UNJUDGED, Continuity.UNJUDGED);
        assertEquals(List.of("6", "5"), values());
    }

    private long quote(
            final String bid,
            final SequenceRule rule,
            final Continuity own,
            final Continuity connection) {
        nowNs += MS;
        event.clear();
        event.type = EventType.MARKET;
        event.channel = Channel.BOOK_TICKER;
        event.instrument = 0;
        event.receivedNs = nowNs;
        event.rule = rule;
        event.continuity = own;
        event.connectionContinuity = connection;
        event.bid.set(Decimal.of(bid));
        references.onEvent(event);
        return nowNs;
    }

    private PriceHistory history() {
        return references.history(0, Field.BID);
    }

    /** Newest first. */
    private List<String> values() {
        final List<String> values = new ArrayList<>();
        final Decimal value = new Decimal();
        for (int i = 0; i < history().size(); i++) {
            history().value(i, value);
            values.add(value.toString());
        }
        return values;
    }
}
