package io.plumbline.market;

import java.util.Arrays;

/**
 * The reference prices that the watched keys are judged by: one {@link PriceHistory} per instrument
 * and field, fed by the channel that carries the field. Beside them stand witnesses: what else the
 * subscribed channels carry, kept for {@value #WITNESS_NS} ns and in no more than {@value
 * #WITNESS_LIMIT} versions, because a wrong value may be one of theirs. Engine thread.
 */
public final class References {
    private static final int FIELDS = Field.values().length;

    /** A wrong value is known as such within the longest grace, two seconds. */
    private static final long WITNESS_NS = 3_000_000_000L;

    private static final int WITNESS_FIRST = 8;
    private static final int WITNESS_LIMIT = 128;

    private final long windowNs;
    private final Decimal mid = new Decimal();
    private final boolean[] watched = new boolean[FIELDS];
    private RecentValues recent = new RecentValues(0);
    private PriceHistory[] histories = new PriceHistory[64 * FIELDS];
    private Channel[] lastChannels = new Channel[64];

    /**
     * @param windowNs how far back the versions of a price are kept
     */
    public References(final long windowNs) {
        this.windowNs = windowNs;
    }

    /**
     * Keeps this field of this instrument.
     *
     * @param lastChannel which channel the last price is taken from (TRADE, AGG_TRADE or TICKER)
     */
    public void watch(final int instrument, final Field field, final Channel lastChannel) {
        keep(instrument, field, lastChannel, new PriceHistory(windowNs));
        watched[field.ordinal()] = true;
    }

    /**
     * Keeps what these subscriptions carry beside the watched fields, so that a wrong value can be
     * told by whose it is. Call it when everything is watched.
     */
    public void witness(final Subscriptions subscriptions) {
        int lanes = 0;
        for (final Subscriptions.Subscription lane : subscriptions.all()) {
            switch (lane.channel()) {
                case TRADE:
                case AGG_TRADE:
                case TICKER:
                    lanes += witness(lane, Field.LAST);
                    break;
                case BOOK_TICKER:
                    lanes += witness(lane, Field.BID) + witness(lane, Field.ASK);
                    break;
                case MARK_PRICE:
                    lanes += witness(lane, Field.MARK) + witness(lane, Field.INDEX);
                    break;
                default:
                    break;
            }
        }
        recent = new RecentValues(lanes);
    }

    /** 1 where values of this field are found again by {@link #recent()}. */
    private int witness(final Subscriptions.Subscription lane, final Field field) {
        if (history(lane.instrument(), field) == null) {
            keep(
                    lane.instrument(),
                    field,
                    lane.channel(),
                    new PriceHistory(WITNESS_NS, WITNESS_FIRST, WITNESS_LIMIT, null));
        }
        return watched[field.ordinal()] ? 1 : 0;
    }

    private void keep(
            final int instrument,
            final Field field,
            final Channel lastChannel,
            final PriceHistory history) {
        final int index = instrument * FIELDS + field.ordinal();
        if (index >= histories.length) {
            final int instruments = Math.max(instrument + 1, histories.length / FIELDS * 2);
            histories = Arrays.copyOf(histories, instruments * FIELDS);
            lastChannels = Arrays.copyOf(lastChannels, instruments);
        }
        if (histories[index] == null) {
            histories[index] = history;
        }
        if (field == Field.LAST) {
            lastChannels[instrument] = lastChannel;
        }
    }

    /** Which instruments lately had a value, for the fields that are watched. */
    public RecentValues recent() {
        return recent;
    }

    /** Keeps the venue's times of a field that is watched: some writers say which they took. */
    public void keepVenueTimes(final int instrument, final Field field) {
        history(instrument, field).keepVenueTimes();
    }

    /** The history of a field, or null where it is not watched. */
    public PriceHistory history(final int instrument, final Field field) {
        final int index = instrument * FIELDS + field.ordinal();
        return index < histories.length ? histories[index] : null;
    }

    /** The channel that carries a field of an instrument. */
    public Channel channel(final int instrument, final Field field) {
        switch (field) {
            case LAST:
                return lastChannels[instrument];
            case MARK:
            case INDEX:
                return Channel.MARK_PRICE;
            default:
                return Channel.BOOK_TICKER;
        }
    }

    /** Takes a MARKET event whose continuity has been judged. */
    public void onEvent(final MarketEvent event) {
        final int base = event.instrument * FIELDS;
        if (event.instrument < 0 || base >= histories.length) {
            return;
        }
        switch (event.channel) {
            case TRADE:
            case AGG_TRADE:
            case TICKER:
                if (event.channel == lastChannels[event.instrument]) {
                    take(base, Field.LAST, event.price, event);
                }
                break;
            case BOOK_TICKER:
                take(base, Field.BID, event.bid, event);
                take(base, Field.ASK, event.ask, event);
                if (histories[base + Field.MID.ordinal()] != null
                        && event.bid.isGiven()
                        && event.ask.isGiven()) {
                    take(base, Field.MID, mid.setMid(event.bid, event.ask), event);
                }
                break;
            case MARK_PRICE:
                take(base, Field.MARK, event.mark, event);
                take(base, Field.INDEX, event.index, event);
                break;
            default:
                break;
        }
    }

    /** Something that this source carries never came: its prices have a hole. */
    public void hole(final Subscriptions subscriptions, final int source, final long receivedNs) {
        for (final Subscriptions.Subscription lane : subscriptions.all()) {
            for (int field = 0; lane.source() == source && field < FIELDS; field++) {
                final int index = lane.instrument() * FIELDS + field;
                if (index < histories.length && histories[index] != null) {
                    histories[index].hole(receivedNs);
                }
            }
        }
    }

    private void take(
            final int base, final Field field, final Decimal value, final MarketEvent event) {
        final PriceHistory history = histories[base + field.ordinal()];
        // Without a number of its own, only its place on the connection tells that it is old.
        final Continuity continuity =
                event.rule == SequenceRule.NONE ? event.connectionContinuity : event.continuity;
        if (history == null || !continuity.isNews()) {
            if (history != null
                    && (continuity == Continuity.REORDER || continuity == Continuity.FILLED)) {
                history.hole(event.receivedNs);
            }
            return;
        }
        if (continuity == Continuity.GAP || continuity == Continuity.OWN_LOSS) {
            history.hole(event.receivedNs);
        }
        if (value.isGiven()
                && history.record(
                        value,
                        event.lastSequence,
                        event.receivedNs,
                        event.venueNs,
                        event.transactNs)
                && watched[field.ordinal()]) {
            recent.add(value.mantissa(), event.instrument);
        }
    }
}
