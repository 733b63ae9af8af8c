package io.plumbline.app.report;

import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;

/**
 * The last seconds of one price: what the venue said and, where a key is watched, what Redis held.
 * A ring of columns, so that a finding can be shown with what came before it.
 */
final class Track {
    final String venue;
    final String symbol;

    /** The Redis key, "" where none follows this price. */
    final String key;

    /** Which price it is, for a person. */
    String label;

    /** Without a key: the channel that the price is taken from, null before its first event. */
    Channel channel;

    /** Events of the price, and observations of the key. */
    long references;

    long values;

    /** Where this price is being shown, or null. */
    Scene scene;

    /** How many scenes of it there were. */
    int scenes;

    private final int columns;
    private final long widthNs;
    private final Decimal reference = new Decimal();
    private final Decimal value = new Decimal();
    private Band referenceRing;
    private Band valueRing;
    private long last = Long.MIN_VALUE;
    private long begun;

    Track(
            final String venue,
            final String symbol,
            final String key,
            final String label,
            final int columns,
            final long widthNs) {
        this.venue = venue;
        this.symbol = symbol;
        this.key = key;
        this.label = label;
        this.columns = columns;
        this.widthNs = widthNs;
    }

    long widthNs() {
        return widthNs;
    }

    /** The venue's price is now {@code price}. */
    void reference(final long nowNs, final Decimal price) {
        references++;
        advance(nowNs);
        reference.set(price);
        referenceRing.add(Math.floorMod(last, columns), price);
        if (scene != null) {
            scene.reference(nowNs, price);
        }
    }

    /** Redis now holds {@code price}; not given: no price. */
    void value(final long nowNs, final Decimal price) {
        values++;
        advance(nowNs);
        value.set(price);
        valueRing.add(Math.floorMod(last, columns), price);
        if (scene != null) {
            scene.value(nowNs, price);
        }
    }

    /** Time passes up to {@code nowNs}. */
    void advance(final long nowNs) {
        final long bucket = Math.floorDiv(nowNs, widthNs);
        if (referenceRing == null) {
            referenceRing = new Band(columns);
            valueRing = new Band(columns);
            last = bucket - 1;
            begun = bucket;
        }
        for (long b = Math.max(last + 1, bucket - columns + 1); b <= bucket; b++) {
            final int column = Math.floorMod(b, columns);
            referenceRing.begin(column, reference);
            valueRing.begin(column, value);
        }
        last = Math.max(last, bucket);
        if (scene != null) {
            scene.advance(nowNs, reference, value);
        }
    }

    /** Begins to be shown, with what the ring has kept. */
    void show(final Scene in, final long nowNs) {
        advance(nowNs);
        final long first = Math.max(begun, last - columns + 1);
        in.begin(first, widthNs);
        for (long b = first; b <= last; b++) {
            in.take((int) (b - first), referenceRing, valueRing, Math.floorMod(b, columns));
        }
        scene = in;
        scenes++;
    }
}
