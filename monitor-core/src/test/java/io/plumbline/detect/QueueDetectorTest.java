package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.QueueRule;
import io.plumbline.market.probe.ReadingWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** pms:cmd:trade: 100 commands may wait, the first for 2 s, a result for 5 s. */
class QueueDetectorTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String QUEUE = "pms:cmd:trade";
    private static final String RESULTS = "pms:result:{id} of pms:cmd:trade";

    private final ProbeScene scene = new ProbeScene();

    @BeforeEach
    void watch() {
        scene.state.surroundings.queues.add(
                new QueueRule(
                        scene.probes, QUEUE, QUEUE, 100, 2 * SECOND_NS, RESULTS, 5 * SECOND_NS));
        scene.watch(QueueDetector::new);
    }

    private void queue(final long length, final String head, final Consumer<ReadingWriter> more) {
        scene.read(
                ProbeKind.QUEUE,
                QUEUE,
                "",
                reading ->
                        more.accept(
                                reading.with(Measure.LENGTH, length)
                                        .with(Measure.SERVER_NS, scene.nowNs)
                                        .text(head)));
    }

    private void result(final String id, final long exists, final String other) {
        scene.read(
                ProbeKind.RESULT,
                QUEUE,
                id,
                reading -> reading.with(Measure.EXISTS, exists).text(other));
    }

    @Test
    void aHeadThatStandsIsStuckAndSaysForWhom() {
        queue(3, "a", q -> {});
        scene.pass(2_000);
        queue(4, "a", q -> {});
        assertEquals(List.of(), scene.told());
        scene.pass(1);
        queue(5, "a", q -> {});
        assertEquals(List.of("OPEN QUEUE_STUCK " + QUEUE), scene.told());
        assertEquals(
                "Queue pms:cmd:trade holds 5 commands, the first for 2.0 s; nobody takes it: is the"
                        + " consumer up, and is its queue's name the route's?",
                scene.sentence());
        queue(5, "a", q -> {});
        queue(0, "", q -> {});
        assertEquals(List.of("CLOSE QUEUE_STUCK " + QUEUE), scene.told());
    }

    @Test
    void aQueueThatMovesIsNotStuck() {
        for (int i = 0; i < 100; i++) {
            queue(90, "command " + i, q -> q.with(Measure.CONSUMERS, 0));
            scene.pass(1_000);
        }
        queue(0, "", q -> {});
        scene.pass(60_000);
        queue(1, "command 99", q -> {});
        assertEquals(List.of(), scene.told());
    }

    @Test
    void theTimeInThePayloadCounts() {
        scene.read(
                ProbeKind.QUEUE,
                QUEUE,
                "",
                q -> q.with(Measure.LENGTH, 1).with(Measure.SERVER_NS, scene.nowNs).text("a"),
                event -> event.reading.set(Measure.CONTENT_NS, scene.nowNs - 3 * SECOND_NS));
        assertEquals(List.of("OPEN QUEUE_STUCK " + QUEUE), scene.told());
        assertEquals("3000000000", scene.evidence(Evidence.AGE_NS));
    }

    @Test
    void clientsThatPopAnotherListAreTheOtherName() {
        queue(1, "a", q -> q.with(Measure.CONSUMERS, 2));
        scene.pass(3_000);
        queue(1, "a", q -> q.with(Measure.CONSUMERS, 2));
        assertEquals(
                "Queue pms:cmd:trade holds 1 commands, the first for 3.0 s; 2 clients wait in a pop"
                        + " of another list: compare the queue's name in the route with the one"
                        + " that the consumer pops",
                scene.sentence());
        queue(0, "", q -> {});
        queue(1, "b", q -> q.with(Measure.CONSUMERS, 0));
        scene.pass(3_000);
        queue(1, "b", q -> q.with(Measure.CONSUMERS, 0));
        assertEquals("no consumer", scene.evidence(Evidence.CAUSE));
    }

    @Test
    void tooManyWait() {
        queue(101, "a", q -> {});
        assertEquals("too long", scene.evidence(Evidence.CAUSE));
        queue(100, "b", q -> {});
        assertEquals(
                List.of("OPEN QUEUE_STUCK " + QUEUE, "CLOSE QUEUE_STUCK " + QUEUE), scene.told());
    }

    @Test
    void aResultThatDoesNotComeIsTold() {
        result("7", 0, "");
        result("8", 0, "");
        result("8", 1, "");
        scene.pass(5_000);
        assertEquals(List.of(), scene.told());
        scene.pass(1);
        assertEquals(List.of("OPEN QUEUE_STUCK " + RESULTS), scene.told());
        assertEquals("7", scene.evidence(Evidence.SAMPLE));
        scene.pass(60_000);
        result("9", 0, "");
        assertEquals(List.of(), scene.told());
        result("9", 1, "");
        assertEquals(List.of("CLOSE QUEUE_STUCK " + RESULTS), scene.told());
    }

    @Test
    void aResultMayBeToldBeforeItsCommandIsMissed() {
        result("7", 1, "");
        result("7", 0, "");
        scene.pass(60_000);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void aResultOfAnotherNameIsNamed() {
        result("7", 0, "");
        scene.pass(3_000);
        result("7", 0, "pms:results:7");
        scene.pass(3_000);
        assertEquals(
                "Command 7 was taken and no result came as pms:result:{id} of pms:cmd:trade for"
                        + " 6.0 s; its id stands in key pms:results:7: compare the name that the"
                        + " consumer writes with the one that is read",
                scene.sentence());
    }
}
