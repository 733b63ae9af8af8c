package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.market.Channel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = 1_750_000_000_000_000_000L;
    private static final FaultTargets TARGETS =
            new FaultTargets(
                    SimulatedInstruments.standard(),
                    WriterSettings.standard()::key,
                    EnumSet.of(Channel.AGG_TRADE, Channel.BOOK_TICKER, Channel.DEPTH));

    private static FaultScript script(final long seed) {
        return FaultScript.random(seed, TARGETS, START_NS, 2_000 * MS, 500 * MS, FaultKind.demo());
    }

    @Test
    void shouldRepeatItselfAndDependOnTheSeed() {
        assertEquals(script(5).faults(), script(5).faults());
        assertFalse(script(5).faults().equals(script(6).faults()));
    }

    @Test
    void shouldShowEachKindOnceWithinADemo() {
        for (long seed = 0; seed < 200; seed++) {
            final FaultScript script = script(seed);
            final Set<FaultKind> kinds = new HashSet<>();
            script.faults().forEach(fault -> kinds.add(fault.kind()));
            assertEquals(new HashSet<>(FaultKind.demo()), kinds, "seed " + seed);
            assertEquals(FaultKind.demo().size(), script.faults().size(), "seed " + seed);
            assertTrue(
                    script.endNs() - START_NS < 45_000 * MS,
                    "seed " + seed + ": " + (script.endNs() - START_NS) / MS + " ms");
        }
    }

    @Test
    void shouldNeverHitTheSameThingTwiceAtOnce() {
        for (long seed = 0; seed < 200; seed++) {
            final List<Fault> faults = script(seed).faults();
            final Set<String> hit = new HashSet<>();
            for (final Fault fault : faults) {
                assertTrue(
                        fault.symbol().isEmpty() || hit.add(fault.venue() + fault.symbol()),
                        "seed " + seed + " " + fault);
                for (final Fault other : faults) {
                    if (other != fault
                            && other.startNs() < fault.endNs()
                            && fault.startNs() < other.endNs()) {
                        assertTrue(mayOverlap(fault, other), "seed " + seed + fault + other);
                    }
                }
            }
        }
    }

    /** A feed fault of one venue beside a key fault of the other, nothing else. */
    private static boolean mayOverlap(final Fault one, final Fault two) {
        final Set<FaultKind.Lane> lanes =
                new HashSet<>(List.of(one.kind().lane(), two.kind().lane()));
        return !one.venue().equals(two.venue())
                && (lanes.equals(Set.of(FaultKind.Lane.FEED, FaultKind.Lane.KEY))
                        || lanes.equals(Set.of(FaultKind.Lane.ROUTE, FaultKind.Lane.KEY)));
    }

    @Test
    void shouldGoOneByOneOnASingleVenue() {
        final List<SimulatedInstrument> spot = new ArrayList<>(SimulatedInstruments.standard());
        spot.removeIf(instrument -> !instrument.venue().equals(SimulatedInstruments.SPOT));
        final List<FaultKind> kinds = new ArrayList<>(FaultKind.demo());
        kinds.remove(FaultKind.OTHER_MARKET);
        final List<Fault> faults =
                FaultScript.random(
                                1,
                                new FaultTargets(spot, TARGETS.keyOf(), TARGETS.channels()),
                                START_NS,
                                100 * MS,
                                10 * MS,
                                kinds)
                        .faults();
        assertEquals(kinds.size(), faults.size());
        for (int i = 1; i < faults.size(); i++) {
            assertTrue(faults.get(i).startNs() >= faults.get(i - 1).endNs());
        }
    }

    @Test
    void shouldSayWhatCannotBeShown() {
        final FaultTargets none =
                new FaultTargets(
                        TARGETS.instruments(), TARGETS.keyOf(), EnumSet.of(Channel.BOOK_TICKER));
        final IllegalArgumentException failure =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                FaultScript.random(
                                        1, none, 0, 1, 1, List.of(FaultKind.DROPPED_MESSAGE)));
        assertTrue(failure.getMessage().contains("aggTrade, trade or depth"));
    }
}
