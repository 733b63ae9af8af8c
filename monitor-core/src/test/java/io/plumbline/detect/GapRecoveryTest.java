package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapRecoveryTest {
    private final List<String> told = new ArrayList<>();
    private final Sources sources = new Sources();
    private final Instruments instruments = new Instruments();
    private final SequenceDetector detector;
    private final int source;
    private final int other;

    GapRecoveryTest() {
        source = sources.addVenue("test", "stream");
        other = sources.addVenue("other", "stream");
        instruments.add("test", "BTC/USDT", "BTCUSDT");
        instruments.add("test", "ETH/USDT", "ETHUSDT");
        instruments.add("other", "BTC/USDT", "BTC-USDT");
        detector =
                new SequenceDetector(
                        new MarketState(
                                sources,
                                instruments,
                                new WatchedKeys(),
                                new Subscriptions(),
                                1_000_000_000L),
                        0);
    }

    private void answer(
            final int instrument,
            final long from,
            final long to,
            final long gapFrom,
            final long gapTo,
            final long count) {
        final MarketEvent event = new MarketEvent();
        event.clear();
        event.type = EventType.BACKFILL;
        event.instrument = instrument;
        event.source = instrument == 2 ? other : source;
        event.channel = Channel.AGG_TRADE;
        event.firstSequence = from;
        event.lastSequence = to;
        event.missingFrom = gapFrom;
        event.missingTo = gapTo;
        event.count = count;
        detector.onEvent(event, 1, new InlineFindings(this::tell));
    }

    private void tell(final Finding finding) {
        final StringBuilder sentence = new StringBuilder();
        detector.describe(finding, sentence);
        told.add(
                finding.kind
                        + " "
                        + finding.edge
                        + " "
                        + finding.fingerprint()
                        + " "
                        + finding.text(Evidence.RECOVERED)
                        + "/"
                        + finding.text(Evidence.MISSING_COUNT)
                        + ": "
                        + sentence);
    }

    @Test
    void lastPageClosesTheGapWithTheSumOfAll() {
        answer(0, 5, 1_004, 5, 1_206, 1_000);
        answer(0, 1_005, 1_206, 5, 1_206, 200);
        assertEquals(
                List.of(
                        "SEQUENCE_GAP CLOSE sequence|test|BTC/USDT| 1200/1202: Of the missing"
                                + " aggTrades of BTC/USDT on test, 5 to 1206, 1200 of 1202 were"
                                + " fetched from the venue afterwards"),
                told);
    }

    @Test
    void anotherGapBeginsAnew() {
        answer(0, 5, 6, 5, 9, 2);
        answer(1, 50, 50, 50, 50, 1);
        answer(0, 100, 101, 100, 101, 0);
        assertEquals(2, told.size());
        assertEquals(
                "SEQUENCE_GAP CLOSE sequence|test|ETH/USDT| 1/1",
                told.get(0).substring(0, told.get(0).indexOf(':')));
        assertEquals(
                "SEQUENCE_GAP CLOSE sequence|test|BTC/USDT| 0/2",
                told.get(1).substring(0, told.get(1).indexOf(':')));
    }

    @Test
    void answersOfTwoVenuesBetweenEachOtherAreNotMixedUp() {
        answer(0, 5, 1_004, 5, 2_000, 1_000);
        answer(2, 7, 106, 7, 200, 100);
        answer(0, 1_005, 2_000, 5, 2_000, 996);
        answer(2, 107, 200, 7, 200, 90);
        assertEquals(
                List.of(
                        "SEQUENCE_GAP CLOSE sequence|test|BTC/USDT| 1996/1996",
                        "SEQUENCE_GAP CLOSE sequence|other|BTC/USDT| 190/194"),
                told.stream().map(line -> line.substring(0, line.indexOf(':'))).toList());
    }

    @Test
    void anInstrumentThatNobodyWatchesIsPassedOver() {
        answer(-1, 5, 6, 5, 6, 2);
        assertEquals(List.of(), told);
    }
}
