package io.plumbline.market;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Instruments by dense id, looked up by the bytes of the venue's own symbol without allocating.
 *
 * <p>One table per monitor: an instrument is a (venue, symbol) pair. Built at start; in the replay
 * of a recording without a configuration new ones are added as they are met, up to the limit.
 * Engine thread only once messages flow.
 */
public final class Instruments {
    /** The most instruments one monitor keeps; further ones are refused by {@link #add}. */
    public static final int LIMIT = 20_000;

    /** One instrument: {@code symbol} in ccxt form, {@code venueSymbol} as the venue writes it. */
    public record Instrument(int id, String venue, String symbol, String venueSymbol) {}

    private final List<Instrument> instruments = new ArrayList<>();
    private final List<Decimal> ticks = new ArrayList<>();
    private final SymbolTable names = new SymbolTable();

    /**
     * Adds an instrument, or finds it.
     *
     * @return its id, or -1 when the table is full
     */
    public int add(final String venue, final String symbol, final String venueSymbol) {
        final byte[] name = venueSymbol.getBytes(StandardCharsets.UTF_8);
        final int known = find(venue, name, 0, name.length);
        if (known >= 0) {
            return known;
        }
        if (instruments.size() >= LIMIT) {
            return -1;
        }
        final int id = instruments.size();
        instruments.add(new Instrument(id, venue, symbol, venueSymbol));
        ticks.add(new Decimal());
        names.put(venue, name, id);
        return id;
    }

    /**
     * The id of the instrument that {@code venue} calls by these bytes, or -1. Allocates nothing.
     */
    public int find(final String venue, final byte[] bytes, final int offset, final int length) {
        return names.find(venue, bytes, offset, length);
    }

    /** The id of the instrument of this venue and ccxt symbol, or -1: cold path. */
    public int find(final String venue, final String symbol) {
        for (final Instrument instrument : instruments) {
            if (instrument.symbol.equals(symbol) && instrument.venue.equals(venue)) {
                return instrument.id;
            }
        }
        return -1;
    }

    public Instrument instrument(final int id) {
        return instruments.get(id);
    }

    /** The tick size as far as it is known ({@link Decimal#isGiven()}). */
    public Decimal tick(final int id) {
        return ticks.get(id);
    }

    public int size() {
        return instruments.size();
    }
}
