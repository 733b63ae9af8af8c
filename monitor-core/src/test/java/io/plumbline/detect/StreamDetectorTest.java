package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.ReadingWriter;
import io.plumbline.market.probe.StreamRule;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** tasks:queue and its group workers: 5 s to be delivered, 30 s to be acknowledged. */
class StreamDetectorTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NOW_MS = ProbeScene.START_NS / ProbeScene.MS;
    private static final String GROUP = "tasks:queue/workers";

    private final ProbeScene scene = new ProbeScene();

    @BeforeEach
    void watch() {
        scene.state.surroundings.streams.add(
                new StreamRule(
                        scene.probes,
                        "tasks:queue",
                        "tasks:queue",
                        List.of("workers"),
                        5 * SECOND_NS,
                        30 * SECOND_NS,
                        30 * SECOND_NS,
                        1_000));
        scene.watch(StreamDetector::new);
    }

    private void stream(final Consumer<ReadingWriter> values) {
        scene.read(
                ProbeKind.STREAM,
                "tasks:queue",
                "",
                reading -> values.accept(reading.with(Measure.EXISTS, 1)));
    }

    private void group(final Consumer<ReadingWriter> values) {
        scene.read(
                ProbeKind.GROUP,
                "tasks:queue",
                "workers",
                reading ->
                        values.accept(
                                reading.with(Measure.EXISTS, 1)
                                        .with(Measure.SERVER_NS, scene.nowNs)
                                        .with(Measure.CONSUMERS, 1)
                                        .with(Measure.IDLE_NS, SECOND_NS)));
    }

    @Test
    void anEntryThatWaitsTooLongIsToldOnceAndEnds() {
        stream(s -> s.with(Measure.LENGTH, 3));
        group(g -> g.with(Measure.UNREAD_MS, NOW_MS - 4_000));
        assertEquals(List.of(), scene.told());
        scene.nowNs += 2 * SECOND_NS;
        group(g -> g.with(Measure.UNREAD_MS, NOW_MS - 4_000).with(Measure.LAG, 2));
        assertEquals(List.of("OPEN STREAM_LAG " + GROUP), scene.told());
        assertEquals(
                "Stream tasks:queue/workers: the first unread entry has waited for 6.0 s"
                        + " (consumers behind); unread: 2",
                scene.sentence());
        group(g -> g.with(Measure.UNREAD_MS, NOW_MS - 4_000));
        assertEquals(List.of(), scene.told());
        group(g -> {});
        assertEquals(List.of("CLOSE STREAM_LAG " + GROUP), scene.told());
    }

    @Test
    void aLagThatRedisDoesNotKnowIsUnknownAndNotZero() {
        group(g -> g.with(Measure.UNREAD_MS, NOW_MS - 6_000));
        assertEquals(List.of("OPEN STREAM_LAG " + GROUP), scene.told());
        assertEquals("?", scene.evidence(Evidence.WAITING));
        assertEquals(
                "Stream tasks:queue/workers: the first unread entry has waited for 6.0 s"
                        + " (consumers behind); unread: unknown",
                scene.sentence());
    }

    @Test
    void idsThatAreNoTimesAreTimedByStanding() {
        group(g -> g.with(Measure.UNREAD_MS, 7).with(Measure.UNREAD_SEQUENCE, 1));
        scene.nowNs += 4 * SECOND_NS;
        group(g -> g.with(Measure.UNREAD_MS, 7).with(Measure.UNREAD_SEQUENCE, 2));
        scene.nowNs += 4 * SECOND_NS;
        group(g -> g.with(Measure.UNREAD_MS, 7).with(Measure.UNREAD_SEQUENCE, 2));
        assertEquals(List.of(), scene.told());
        scene.nowNs += 2 * SECOND_NS;
        group(g -> g.with(Measure.UNREAD_MS, 7).with(Measure.UNREAD_SEQUENCE, 2));
        assertEquals(List.of("OPEN STREAM_LAG " + GROUP), scene.told());
        assertEquals("6000000000", scene.evidence(Evidence.AGE_NS));
    }

    @Test
    void whoFailsIsSaid() {
        group(g -> g.with(Measure.UNREAD_MS, NOW_MS - 6_000).with(Measure.CONSUMERS, 0));
        assertEquals("no consumer", scene.evidence(Evidence.CAUSE));
        group(g -> {});
        group(g -> g.with(Measure.UNREAD_MS, NOW_MS - 6_000).with(Measure.IDLE_NS, 31 * SECOND_NS));
        assertEquals("consumers idle", scene.evidence(Evidence.CAUSE));
        group(g -> {});
        group(
                g ->
                        g.with(Measure.PENDING, 4)
                                .with(Measure.PENDING_IDLE_NS, 31 * SECOND_NS)
                                .text("worker-2"));
        assertEquals(
                "Stream tasks:queue/workers: the oldest delivered entry has not been acknowledged"
                        + " for 31.0 s by consumer worker-2; unread: unknown, pending: 4",
                scene.sentence());
        scene.told();
        scene.read(ProbeKind.GROUP, "tasks:queue", "workers", g -> g.with(Measure.EXISTS, 0));
        assertEquals(List.of(), scene.told(), "one state per group");
        group(g -> {});
        scene.read(ProbeKind.GROUP, "tasks:queue", "workers", g -> g.with(Measure.EXISTS, 0));
        assertEquals("group missing", scene.evidence(Evidence.CAUSE));
    }

    @Test
    void aMissingStreamAndOneThatGrows() {
        scene.read(ProbeKind.STREAM, "tasks:queue", "", s -> s.with(Measure.EXISTS, 0));
        stream(s -> s.with(Measure.LENGTH, 1_000));
        stream(s -> s.with(Measure.LENGTH, 1_001));
        stream(s -> s.with(Measure.LENGTH, 10));
        assertEquals(
                List.of(
                        "OPEN KEY_MISSING tasks:queue",
                        "CLOSE KEY_MISSING tasks:queue",
                        "OPEN STREAM_LAG tasks:queue",
                        "CLOSE STREAM_LAG tasks:queue"),
                scene.told());
    }

    @Test
    void whatWasTrimmedUnreadIsCountedByRedis7() {
        stream(
                s ->
                        s.with(Measure.LENGTH, 10)
                                .with(Measure.ADDED, 25)
                                .with(Measure.FIRST_MS, NOW_MS - 100)
                                .with(Measure.LAST_MS, NOW_MS));
        group(g -> g.with(Measure.DELIVERED_MS, NOW_MS - 500).with(Measure.READ, 12));
        assertEquals(List.of("EVENT STREAM_TRIMMED_UNREAD " + GROUP), scene.told());
        assertEquals("3", scene.evidence(Evidence.MISSING_COUNT));
        group(g -> g.with(Measure.DELIVERED_MS, NOW_MS - 500).with(Measure.READ, 12));
        assertEquals(List.of(), scene.told(), "told once");
        stream(
                s ->
                        s.with(Measure.LENGTH, 10)
                                .with(Measure.ADDED, 27)
                                .with(Measure.FIRST_MS, NOW_MS - 90)
                                .with(Measure.LAST_MS, NOW_MS));
        group(g -> g.with(Measure.DELIVERED_MS, NOW_MS - 500).with(Measure.READ, 12));
        assertEquals("2", scene.evidence(Evidence.MISSING_COUNT), "and what is more");
    }

    @Test
    void withoutCountsItIsProvenByAnEntryThatWasThere() {
        stream(s -> s.with(Measure.FIRST_MS, NOW_MS - 300).with(Measure.LAST_MS, NOW_MS));
        group(
                g ->
                        g.with(Measure.DELIVERED_MS, NOW_MS - 300)
                                .with(Measure.UNREAD_MS, NOW_MS - 200));
        stream(s -> s.with(Measure.FIRST_MS, NOW_MS - 100).with(Measure.LAST_MS, NOW_MS));
        group(
                g ->
                        g.with(Measure.DELIVERED_MS, NOW_MS - 300)
                                .with(Measure.UNREAD_MS, NOW_MS - 100));
        group(
                g ->
                        g.with(Measure.DELIVERED_MS, NOW_MS - 300)
                                .with(Measure.UNREAD_MS, NOW_MS - 100));
        assertEquals(List.of("EVENT STREAM_TRIMMED_UNREAD " + GROUP), scene.told());
    }

    @Test
    void whatWasReadOrDeletedIsNotTrimmedUnread() {
        stream(s -> s.with(Measure.FIRST_MS, NOW_MS - 100).with(Measure.LAST_MS, NOW_MS));
        group(
                g ->
                        g.with(Measure.DELIVERED_MS, NOW_MS - 300)
                                .with(Measure.UNREAD_MS, NOW_MS - 200));
        group(
                g ->
                        g.with(Measure.DELIVERED_MS, NOW_MS - 200)
                                .with(Measure.UNREAD_MS, NOW_MS - 100));
        stream(
                s ->
                        s.with(Measure.LENGTH, 10)
                                .with(Measure.ADDED, 25)
                                .with(Measure.FIRST_MS, NOW_MS - 100)
                                .with(Measure.LAST_MS, NOW_MS)
                                .with(Measure.DELETED_MS, NOW_MS - 150));
        group(g -> g.with(Measure.DELIVERED_MS, NOW_MS - 500).with(Measure.READ, 12));
        assertEquals(List.of(), scene.told());
    }

    @Test
    void otherStreamsAreNotJudged() {
        scene.read(ProbeKind.STREAM, "other", "", s -> s.with(Measure.EXISTS, 0));
        scene.pass(1_000);
        assertEquals(List.of(), scene.told());
    }
}
