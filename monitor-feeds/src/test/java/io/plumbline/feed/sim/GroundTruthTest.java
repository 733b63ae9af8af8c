package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.sim.GroundTruthMatcher.Meaning;
import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundTruthTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START_NS = 1_750_000_000L * SECOND;

    private final GroundTruthMatcher matcher = new GroundTruthMatcher(2 * SECOND, 5 * SECOND);

    private static InjectedFault injected(
            final FaultKind kind, final String symbol, final String... keys) {
        final InjectedFault fault =
                new InjectedFault(
                        new Fault(
                                3,
                                kind,
                                "binance-spot",
                                symbol,
                                List.of(keys),
                                START_NS,
                                START_NS + SECOND,
                                Map.of()));
        fault.started(START_NS);
        fault.acted(START_NS + SECOND / 10);
        fault.ended(START_NS + SECOND);
        return fault;
    }

    private Meaning see(
            final FindingKind kind,
            final Edge edge,
            final String instrument,
            final String key,
            final long afterNs) {
        return matcher.onFinding(
                        new SeenFinding(
                                kind, edge, "binance-spot", instrument, key, START_NS + afterNs))
                .meaning();
    }

    @Test
    void shouldCatchByKindSubjectAndTime() {
        final InjectedFault gap = injected(FaultKind.REORDERED_MESSAGES, "BTC/USDT");
        matcher.started(gap, START_NS);
        final FindingKind reorder = FindingKind.SEQUENCE_REORDER;
        assertEquals(Meaning.UNEXPLAINED, see(reorder, Edge.EVENT, "BTC/USDT", "", -1));
        assertEquals(Meaning.UNEXPLAINED, see(reorder, Edge.EVENT, "ETH/USDT", "", SECOND));
        assertEquals(
                Meaning.UNEXPLAINED,
                see(FindingKind.SEQUENCE_RESET, Edge.EVENT, "BTC/USDT", "", SECOND));
        assertEquals(
                Meaning.CONSEQUENCE,
                see(FindingKind.SEQUENCE_GAP, Edge.EVENT, "BTC/USDT", "", SECOND));
        assertEquals(Meaning.CAUGHT, see(reorder, Edge.EVENT, "BTC/USDT", "", 3 * SECOND));
        assertEquals(Meaning.CONSEQUENCE, see(reorder, Edge.EVENT, "BTC/USDT", "", 6 * SECOND));
        assertEquals(Meaning.UNEXPLAINED, see(reorder, Edge.EVENT, "BTC/USDT", "", 6 * SECOND + 1));
        assertEquals(Meaning.CLOSED, see(reorder, Edge.CLOSE, "BTC/USDT", "", 9 * SECOND));
        final GroundTruthMatcher.Outcome outcome = matcher.outcome();
        assertEquals(3 * SECOND - SECOND / 10, outcome.caught().get(0).delayNs());
        assertEquals(List.of(), outcome.missed());
        assertEquals(4, outcome.unexplainedCount());
        assertFalse(outcome.clean());
    }

    @Test
    void shouldNotCatchAfterTheDeadline() {
        matcher.started(injected(FaultKind.FROZEN_KEY, "BTC/USDT", "a"), START_NS);
        final Meaning late =
                see(FindingKind.PRICE_FROZEN, Edge.OPEN, "BTC/USDT", "a", 3 * SECOND + 1);
        assertEquals(Meaning.CONSEQUENCE, late);
        assertEquals(1, matcher.outcome().missed().size());
    }

    @Test
    void shouldWantEveryKeyNamed() {
        matcher.started(injected(FaultKind.SWAPPED_SYMBOLS, "BTC/USDT", "a", "b"), START_NS);
        assertEquals(
                Meaning.CONSEQUENCE,
                see(FindingKind.PRICE_WRONG, Edge.OPEN, "BTC/USDT", "a", SECOND));
        assertEquals(1, matcher.outcome().missed().size());
        assertEquals(
                Meaning.CAUGHT, see(FindingKind.PRICE_WRONG, Edge.OPEN, "ETH/USDT", "b", SECOND));
        assertTrue(matcher.outcome().clean());
    }

    @Test
    void shouldTellIdleFromMissed() {
        final InjectedFault idle = new InjectedFault(injected(FaultKind.HALF_OPEN, "").fault());
        matcher.started(idle, START_NS);
        final GroundTruthMatcher.Outcome outcome = matcher.outcome();
        assertEquals(List.of(idle), outcome.idle());
        assertEquals(List.of(), outcome.missed());
        assertFalse(outcome.clean());
    }

    @Test
    void shouldWriteOneLineAFault(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("runs/truth.ndjson");
        final InjectedFault gap = injected(FaultKind.DROPPED_MESSAGE, "BTC/USDT");
        gap.detail("missingFrom", 41L);
        gap.detail("missingTo", 42L);
        try (GroundTruth truth = new GroundTruth(file)) {
            truth.started(gap, START_NS);
            truth.ended(gap, START_NS);
            truth.ended(injected(FaultKind.SWAPPED_SYMBOLS, "A/B", "a", "b"), START_NS);
        }
        assertEquals(
                List.of(
                        "{\"fault\":3,\"kind\":\"DROPPED_MESSAGE\",\"venue\":\"binance-spot\","
                                + "\"symbol\":\"BTC/USDT\",\"key\":\"\","
                                + "\"start\":\"2025-06-15T15:06:40.000000000Z\","
                                + "\"acted\":\"2025-06-15T15:06:40.100000000Z\","
                                + "\"end\":\"2025-06-15T15:06:41.000000000Z\","
                                + "\"expect\":[\"SEQUENCE_GAP\"],\"alsoTrue\":[],"
                                + "\"details\":{\"missingFrom\":41,\"missingTo\":42}}",
                        "{\"fault\":3,\"kind\":\"SWAPPED_SYMBOLS\",\"venue\":\"binance-spot\","
                                + "\"symbol\":\"A/B\",\"key\":\"\",\"keys\":[\"a\",\"b\"],"
                                + "\"start\":\"2025-06-15T15:06:40.000000000Z\","
                                + "\"acted\":\"2025-06-15T15:06:40.100000000Z\","
                                + "\"end\":\"2025-06-15T15:06:41.000000000Z\","
                                + "\"expect\":[\"PRICE_WRONG\"],\"alsoTrue\":[\"PRICE_PRECISION\"],"
                                + "\"details\":{}}"),
                Files.readAllLines(file));
    }
}
