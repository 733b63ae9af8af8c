package io.plumbline.market;

import java.util.Arrays;

/**
 * What the staleness detector found out about each instrument, for those who must know whether a
 * reference can be relied on: written by that detector, read by the others. Engine thread.
 */
public final class Freshness {
    /** How an instrument's data flows. */
    public enum State {
        /** Not seen since the start. */
        UNSEEN,
        /** Data comes as it usually does. */
        FRESH,
        /** Silent, and nothing says that it should not be. */
        QUIET,
        /** Silent although it moves elsewhere, or its whole connection is mute. */
        STALE
    }

    private State[] states = new State[64];
    private long[] thresholdsNs = new long[64];
    private long[] recoveredNs = new long[64];

    public Freshness() {
        Arrays.fill(states, State.UNSEEN);
    }

    public State state(final int instrument) {
        return instrument < states.length ? states[instrument] : State.UNSEEN;
    }

    /** How long this instrument may be silent before that means something; 0 while not known. */
    public long thresholdNs(final int instrument) {
        return instrument < thresholdsNs.length ? thresholdsNs[instrument] : 0;
    }

    /**
     * When it last stopped being stale; 0 when it never was. What it says counts from its next
     * word.
     */
    public long recoveredNs(final int instrument) {
        return instrument < recoveredNs.length ? recoveredNs[instrument] : 0;
    }

    public void set(
            final int instrument, final State state, final long thresholdNs, final long nowNs) {
        if (instrument >= states.length) {
            final int known = states.length;
            states = Arrays.copyOf(states, Math.max(instrument + 1, known * 2));
            thresholdsNs = Arrays.copyOf(thresholdsNs, states.length);
            recoveredNs = Arrays.copyOf(recoveredNs, states.length);
            Arrays.fill(states, known, states.length, State.UNSEEN);
        }
        if (states[instrument] == State.STALE && state != State.STALE) {
            recoveredNs[instrument] = nowNs;
        }
        states[instrument] = state;
        thresholdsNs[instrument] = thresholdNs;
    }
}
