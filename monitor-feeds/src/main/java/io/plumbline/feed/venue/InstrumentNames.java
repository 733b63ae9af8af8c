package io.plumbline.feed.venue;

import io.plumbline.feed.venue.Venue.UnknownSymbols;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import java.nio.charset.StandardCharsets;

/** Names the instrument of an event by the venue's own bytes. Engine thread, no allocation. */
public final class InstrumentNames {
    private final String venue;
    private final Instruments instruments;
    private final UnknownSymbols unknown;

    public InstrumentNames(
            final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.venue = venue;
        this.instruments = instruments;
        this.unknown = unknown;
    }

    /** Whether a name that is unknown stays so. */
    boolean areFixed() {
        return unknown == UnknownSymbols.IGNORE;
    }

    /** The instrument's id, or -1 for one that nobody watches. */
    int find(final byte[] bytes, final int offset, final int length) {
        final int known = instruments.find(venue, bytes, offset, length);
        if (known >= 0 || unknown == UnknownSymbols.IGNORE) {
            return known;
        }
        return Math.max(
                -1,
                unknown.resolve(venue, new String(bytes, offset, length, StandardCharsets.UTF_8)));
    }

    /** Names the event's instrument, or makes the event one that nobody watches. */
    public void name(
            final MarketEvent draft, final byte[] bytes, final int offset, final int length) {
        name(draft, find(bytes, offset, length));
    }

    /** The same for an id found before. */
    public void name(final MarketEvent draft, final int instrument) {
        draft.instrument = instrument;
        if (instrument < 0) {
            draft.type = EventType.IGNORED;
        }
    }
}
