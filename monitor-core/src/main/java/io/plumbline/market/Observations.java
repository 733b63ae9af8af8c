package io.plumbline.market;

/** The last thing seen of every watched key, and the verdict on it. Engine thread. */
public final class Observations {
    /** One key's last observation. */
    public static final class Observation {
        public final Decimal value = new Decimal();
        public KeyState state = KeyState.UNKNOWN;
        public Rung rung = Rung.NONE;
        public Resolution resolution = Resolution.UNKNOWN;

        /** How far apart it is looked at, 0 where writes are told; NONE when not known. */
        public long intervalNs = MarketEvent.NONE;

        public Verdict verdict = Verdict.UNSEEN;

        /** Last time it was read; NONE before. */
        public long receivedNs = MarketEvent.NONE;

        /** Last time a write was noticed, even of the same value; NONE before. */
        public long writtenNs = MarketEvent.NONE;

        /** Lag of the last judged value, a lower bound. */
        public long lagNs;

        /** Expiry as last told. */
        public long expiresAtNs = MarketEvent.NONE;

        /** Whether the last observation differs in value from the one before. */
        public boolean changed;
    }

    private final Observation[] observations;

    public Observations(final int keys) {
        observations = new Observation[keys];
        for (int i = 0; i < keys; i++) {
            observations[i] = new Observation();
        }
    }

    /** Takes a KEY_VALUE event. */
    public void onValue(final MarketEvent event) {
        final Observation observation = observations[event.key];
        final boolean usable =
                event.keyState == KeyState.PRESENT && event.valueFault == ValueFault.NONE;
        observation.changed = !usable || !observation.value.equals(event.price);
        observation.state = event.keyState;
        observation.rung = event.rung;
        observation.resolution = event.resolution;
        observation.intervalNs =
                event.resolution.intervalNs(event.writtenAfterNs, event.receivedNs);
        observation.receivedNs = event.receivedNs;
        observation.expiresAtNs = event.expiresAtNs;
        if (usable) {
            if (observation.changed || event.rung != Rung.SWEEP) {
                observation.writtenNs = event.receivedNs;
            }
            observation.value.set(event.price);
        } else {
            observation.value.clear();
            observation.verdict = Verdict.ABSENT;
        }
    }

    public Observation key(final int id) {
        return observations[id];
    }
}
