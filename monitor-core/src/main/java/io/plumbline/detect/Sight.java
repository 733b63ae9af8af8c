package io.plumbline.detect;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Observations;
import io.plumbline.market.Resolution;
import io.plumbline.market.Rung;

/**
 * Says of a finding about a Redis key by which rung it was seen and how finely: every write, the
 * latest value after a write was told, or a sample and how far it lay from the one before. So
 * nobody takes a sample for the whole. Allocates nothing.
 */
final class Sight {
    private Sight() {}

    /** What {@code key} was last seen by. */
    static Finding show(final Finding finding, final MarketState state, final int key) {
        return show(finding, state, key, state.observations.key(key).rung);
    }

    /** The coarsest of what the keys of {@code writer} were last seen by. */
    static Finding ofWriter(
            final Finding finding,
            final MarketState state,
            final Writers writers,
            final int writer) {
        int coarsest = -1;
        for (int key = 0; key < state.keys.size(); key++) {
            if (writers.of(key) == writer && (coarsest < 0 || isCoarser(state, key, coarsest))) {
                coarsest = key;
            }
        }
        return coarsest < 0 ? finding : show(finding, state, coarsest);
    }

    private static boolean isCoarser(final MarketState state, final int key, final int other) {
        return resolution(state, key).compareTo(resolution(state, other)) > 0;
    }

    private static Resolution resolution(final MarketState state, final int key) {
        final Observations.Observation last = state.observations.key(key);
        return last.resolution == Resolution.UNKNOWN ? Resolution.of(last.rung) : last.resolution;
    }

    /** The same of an earlier observation, which came by {@code rung}. */
    static Finding show(
            final Finding finding, final MarketState state, final int key, final Rung rung) {
        final Observations.Observation last = state.observations.key(key);
        final boolean same = last.rung == rung && last.resolution != Resolution.UNKNOWN;
        final Resolution resolution = same ? last.resolution : Resolution.of(rung);
        finding.with(Evidence.RUNG, rung.label()).with(Evidence.RESOLUTION, resolution.label());
        if (same && resolution == Resolution.SAMPLED && last.intervalNs != MarketEvent.NONE) {
            finding.with(Evidence.SAMPLE_INTERVAL_NS, last.intervalNs);
        }
        return finding;
    }
}
