package io.plumbline.bench.figure;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;

/** Decodes a corpus and sums up every field that came of it, with the same sum as decode.c. */
final class Fields implements EventHandler {
    private static final long MILLISECOND_NS = 1_000_000L;

    private final MarketEvent draft = new MarketEvent();
    private final InboundMessage message = new InboundMessage();
    private long sum;
    private long events;
    private final EventHandler counting = event -> events += event.type == EventType.MARKET ? 1 : 0;

    /** One pass; answers the sum. */
    long read(final Corpus corpus, final MessageDecoder decoder) {
        sum = 0;
        for (int i = 0; i < corpus.size(); i++) {
            corpus.show(i, message);
            decoder.decode(message, draft.begin(message), this);
        }
        return sum;
    }

    /** Decoding alone, as in target 1: with the sum that the readers in C make as well. */
    static Contender summedUp(final Corpus corpus, final MessageDecoder decoder) {
        final Fields fields = new Fields();
        return Contender.inProcess(
                "decode alone, fields summed up", () -> fields.read(corpus, decoder));
    }

    /** Decoding alone without the sum. */
    static Contender unread(final Corpus corpus, final MessageDecoder decoder) {
        final Fields fields = new Fields();
        return Contender.inProcess(
                "decode alone, nothing read of it", () -> fields.count(corpus, decoder));
    }

    /**
     * One pass without a look at what comes of it; answers how many events of a market there were.
     */
    long count(final Corpus corpus, final MessageDecoder decoder) {
        events = 0;
        for (int i = 0; i < corpus.size(); i++) {
            corpus.show(i, message);
            decoder.decode(message, draft.begin(message), counting);
        }
        return events;
    }

    @Override
    public void onEvent(final MarketEvent event) {
        long total =
                event.instrument
                        + sum(event.price) * 11
                        + sum(event.bid) * 13
                        + sum(event.ask) * 17
                        + sum(event.quantity) * 19;
        final BookLevels levels = event.levels;
        for (int i = 0; i < levels.count(); i++) {
            total += levels.isBid(i) ? 1 : 2;
            total += (levels.price(i) * 7 + levels.priceExponent(i)) * 3;
            total += (levels.size(i) * 7 + levels.sizeExponent(i)) * 5;
        }
        total += time(event.venueNs) * 23 + time(event.transactNs) * 29;
        total += number(event.firstSequence) * 31 + number(event.lastSequence) * 37;
        total += number(event.previousSequence) * 41;
        sum += total;
    }

    private static long sum(final Decimal value) {
        return value.isGiven() ? value.mantissa() * 7 + value.exponent() : 0;
    }

    private static long time(final long ns) {
        return ns == MarketEvent.NONE ? 0 : ns / MILLISECOND_NS;
    }

    private static long number(final long value) {
        return value == MarketEvent.NONE ? 0 : value;
    }
}
