package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.MarketEvent;

/** One thing that the wrong values of a key may be, and how much speaks for it. Engine thread. */
public final class Claim {
    Cause cause;
    int instrument;
    Field field;
    int power;
    int weight;
    int agreed;

    /** The number of the last value that it explained. */
    long lastValue;

    /** Values since then on which it cannot be held. */
    int excused;

    final Decimal equal = new Decimal();
    long sinceNs;
    long ageNs;

    public Cause cause() {
        return cause;
    }

    /** Whose value it is; -1 where it is the key's own instrument's. */
    public int instrument() {
        return instrument;
    }

    /** Which field it is; null where it is the key's own. */
    public Field field() {
        return field;
    }

    /** The factor is 10 to this power; the digits that were kept with TRUNCATED. */
    public int power() {
        return power;
    }

    /** How many different wrong values of the key it explains. */
    public int agreed() {
        return agreed;
    }

    /** The price that the last of them comes from. */
    public Decimal equal() {
        return equal;
    }

    /** Since when that was current. */
    public long sinceNs() {
        return sinceNs;
    }

    /** How old it was; NONE where it is not about age. */
    public long ageNs() {
        return ageNs;
    }

    void begin(final Cause of, final int whose, final Field which, final int factor) {
        cause = of;
        instrument = whose;
        field = which;
        power = factor;
        weight = 0;
        agreed = 0;
        lastValue = 0;
        excused = 0;
        ageNs = MarketEvent.NONE;
    }

    boolean is(final Cause of, final int whose, final Field which) {
        return cause == of && instrument == whose && field == which;
    }
}
