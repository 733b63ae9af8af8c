package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.MarketEvent;

/**
 * What the wrong values of one key may be, weighed over the values that come one after another.
 *
 * <p>An explanation gains what a coincidence would have to explain (see {@link Weight}), less the
 * alternatives that were tried; with each further value less only the versions of the one thing
 * that it claims. A value that it does not explain costs it three digits. It is believed from five
 * digits on, a chance of one in a hundred thousand, and of several that are believed and explain
 * about as much, the first in the order of {@link Cause} is told. A value that repeats the one
 * before tells nothing new. Engine thread.
 */
public final class Inquiry {
    private static final int ROOM = 16;
    private static final int BELIEVED = 50;
    private static final int MOST = 100;
    private static final int CONTRADICTED = 30;

    /** An earlier cause must explain all but one in so many of what a later one explains. */
    private static final int SHARE = 4;

    private final Claim[] claims = new Claim[ROOM];
    private final Decimal last = new Decimal();
    private int size;
    private long values;
    private WrongValue wrong;

    Inquiry() {
        for (int i = 0; i < ROOM; i++) {
            claims[i] = new Claim();
        }
    }

    /** Forgets everything: the key is well again. */
    public void clear() {
        size = 0;
        values = 0;
        last.clear();
    }

    /** The cause that is believed; UNKNOWN without one. */
    public Cause cause() {
        final Claim claim = believed();
        return claim == null ? Cause.UNKNOWN : claim.cause;
    }

    /**
     * The explanation that is believed, or null: the first in the order of causes, but not one that
     * explains much less than another.
     */
    public Claim believed() {
        int most = 0;
        for (int i = 0; i < size; i++) {
            most = claims[i].weight >= BELIEVED ? Math.max(most, claims[i].agreed) : most;
        }
        Claim first = null;
        for (int i = 0; i < size; i++) {
            final Claim claim = claims[i];
            if (claim.weight >= BELIEVED
                    && SHARE * claim.agreed >= (SHARE - 1) * most
                    && (first == null || isBefore(claim, first))) {
                first = claim;
            }
        }
        return first;
    }

    private static boolean isBefore(final Claim claim, final Claim other) {
        final int order = claim.cause.compareTo(other.cause);
        return order < 0 || order == 0 && claim.agreed > other.agreed;
    }

    /** Begins a value; false when it only repeats the one before. */
    boolean begin(final WrongValue value) {
        if (value.value.equals(last)) {
            return false;
        }
        last.set(value.value);
        wrong = value;
        values++;
        return true;
    }

    /** All explainers were asked: who has no word for this value loses. */
    void end() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final Claim claim = claims[i];
            if (claim.lastValue != values) {
                claim.weight -= CONTRADICTED;
            }
            if (claim.weight > 0 || claim.lastValue == values) {
                claims[i] = claims[kept];
                claims[kept++] = claim;
            }
        }
        size = kept;
        wrong = null;
    }

    /** A claim cannot be held to this value: it neither wins nor loses. */
    void excuse(final Claim claim) {
        if (claim.lastValue != values) {
            claim.lastValue = values;
            claim.excused++;
        }
    }

    /** Claims so far. */
    int size() {
        return size;
    }

    Claim claim(final int index) {
        return claims[index];
    }

    /** The standing claim of this kind, or null. */
    Claim find(final Cause cause, final int instrument, final Field field) {
        for (int i = 0; i < size; i++) {
            if (claims[i].is(cause, instrument, field)) {
                return claims[i];
            }
        }
        return null;
    }

    /**
     * The value is what this says.
     *
     * @param instrument whose price, -1 for the key's own
     * @param field which field, null for the key's own
     * @param information digits that a coincidence would have to explain, in tenths
     * @param versions how many of its versions would have been tried
     * @param alternatives other such claims that would have been tried
     * @return the claim, to be completed
     */
    Claim claim(
            final Cause cause,
            final int instrument,
            final Field field,
            final int power,
            final int information,
            final long versions,
            final long alternatives) {
        Claim claim = find(cause, instrument, field);
        if (claim != null && claim.power != power) {
            claim.weight = 0;
            claim.agreed = 0;
            claim.power = power;
        }
        if (claim == null) {
            claim = room();
            claim.begin(cause, instrument, field, power);
        }
        if (claim.lastValue == values) {
            return claim;
        }
        final long tried =
                claim.agreed == 0
                        ? versions * alternatives * values
                        : versions * (1L + claim.excused);
        claim.excused = 0;
        claim.lastValue = values;
        claim.agreed++;
        claim.weight = Math.min(MOST, claim.weight + information - Weight.log(tried));
        claim.ageNs = MarketEvent.NONE;
        claim.equal.set(wrong.value);
        claim.sinceNs = wrong.writtenNs;
        return claim;
    }

    /** A new place, or that of the weakest. */
    private Claim room() {
        if (size < ROOM) {
            return claims[size++];
        }
        Claim weakest = claims[0];
        for (final Claim claim : claims) {
            weakest = claim.weight < weakest.weight ? claim : weakest;
        }
        return weakest;
    }
}
