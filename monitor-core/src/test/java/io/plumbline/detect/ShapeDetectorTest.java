package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Severity;
import io.plumbline.market.probe.EventRule;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Shape;
import io.plumbline.market.probe.ShapeRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** pms:events:*: shapes are learned from 3 messages, a channel may be silent for 10 s. */
class ShapeDetectorTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String PATTERN = "pms:events:*";
    private static final String ORDER = "pms:events:order";
    private static final String[] RIGHT = {"id:string", "order:object", "order.price:string"};

    private final ProbeScene scene = new ProbeScene();

    private void watch(final ShapeRule... declared) {
        scene.state.surroundings.events.add(
                new EventRule(scene.probes, PATTERN, "", 3, 10 * SECOND_NS, List.of(declared)));
        scene.watch(ShapeDetector::new);
    }

    private void message(final String channel, final String... fields) {
        variant(channel, "", fields);
    }

    private void variant(final String channel, final String variant, final String... fields) {
        scene.read(
                ProbeKind.EVENT,
                PATTERN,
                channel,
                reading -> reading.text("{}"),
                event -> fill(event.reading.shape, variant, fields));
    }

    private static void fill(final Shape shape, final String variant, final String... fields) {
        shape.begin();
        shape.add(Shape.OBJECT, Shape.ROOT);
        for (final String field : fields) {
            final int colon = field.indexOf(':');
            long parent = Shape.ROOT;
            int mark = -1;
            for (final String name : field.substring(0, colon).split("\\.")) {
                parent = shape.here();
                final byte[] key = name.getBytes(StandardCharsets.UTF_8);
                final int entered = shape.enter(key, 0, key.length);
                mark = mark < 0 ? entered : mark;
            }
            shape.add(Shape.type(field.substring(colon + 1)), parent);
            shape.leave(mark);
        }
        final byte[] kind = variant.getBytes(StandardCharsets.UTF_8);
        shape.variant(kind, 0, kind.length);
    }

    private void learn() {
        for (int i = 0; i < 3; i++) {
            message(ORDER, RIGHT);
        }
        scene.told();
    }

    @Test
    void whatIsLearnedIsToldOnce() {
        watch();
        message(ORDER, RIGHT);
        message(ORDER, RIGHT);
        assertEquals(List.of(), scene.told());
        message(ORDER, RIGHT);
        assertEquals(List.of("EVENT EVENT_SHAPE " + ORDER), scene.told());
        assertEquals(
                "Messages on pms:events:order: their shape was learned from 3 (id string,"
                        + " order.price string)",
                scene.sentence());
        assertEquals(Severity.LOW, scene.findings.get(0).severity);
        message(ORDER, RIGHT);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void anotherTypeIsNamedWithItsPath() {
        watch();
        learn();
        message(ORDER, "id:string", "order:object", "order.price:number");
        message(ORDER, "id:string", "order:object", "order.price:number");
        assertEquals(List.of("OPEN EVENT_SHAPE " + ORDER), scene.told());
        assertEquals(
                "Messages on pms:events:order: order.price is number where string is expected",
                scene.sentence());
        message(ORDER, "order:object", "order.price:string");
        assertEquals(List.of("EVENT EVENT_SHAPE " + ORDER), scene.told(), "another difference");
        assertEquals("Messages on pms:events:order lack the field id (string)", scene.sentence());
        message(ORDER, RIGHT);
        message(ORDER, RIGHT);
        assertEquals(List.of(), scene.told());
        message(ORDER, RIGHT);
        assertEquals(List.of("CLOSE EVENT_SHAPE " + ORDER), scene.told());
    }

    @Test
    void aRenamedFieldIsSuspected() {
        watch();
        learn();
        message(ORDER, "id:string", "order:object", "order.px:string", "order.Price_:string");
        assertEquals("renamed", scene.evidence(Evidence.CAUSE));
        assertEquals("order.price", scene.evidence(Evidence.FIELD));
        assertEquals(
                "Messages on pms:events:order lack the field order.price (string); order.Price_"
                        + " stands there: renamed?",
                scene.sentence());
    }

    @Test
    void aNewFieldIsToldOnceAndAccepted() {
        watch();
        learn();
        for (int i = 0; i < 5; i++) {
            message(ORDER, "id:string", "order:object", "order.price:string", "note:number");
        }
        assertEquals(List.of("EVENT EVENT_SHAPE " + ORDER), scene.told());
        assertEquals(
                "Messages on pms:events:order have a new field note (number): accepted",
                scene.sentence());
        assertEquals(Severity.LOW, scene.findings.get(scene.findings.size() - 1).severity);
    }

    @Test
    void whatWasNotInAllIsNotMissed() {
        watch();
        message(ORDER, "id:string", "error:string");
        message(ORDER, "id:string", "order:object", "order.price:string");
        message(ORDER, "id:string", "order:null");
        scene.told();
        message(ORDER, "id:string");
        message(ORDER, "id:string", "order:null");
        assertEquals(List.of(), scene.told());
    }

    @Test
    void eachKindOfMessageHasAShapeOfItsOwn() {
        watch();
        for (int i = 0; i < 3; i++) {
            variant(ORDER, "filled", "type:string", "price:string");
            variant(ORDER, "rejected", "type:string", "reason:string");
        }
        assertEquals(
                List.of("EVENT EVENT_SHAPE " + ORDER, "EVENT EVENT_SHAPE " + ORDER), scene.told());
        variant(ORDER, "filled", "type:string", "price:string");
        assertEquals(List.of(), scene.told());
        variant(ORDER, "filled", "type:string", "reason:string");
        assertEquals(List.of("OPEN EVENT_SHAPE " + ORDER), scene.told());
    }

    @Test
    void aDeclaredShapeNeedsNoLearning() {
        watch(
                new ShapeRule(
                        ORDER,
                        "",
                        List.of(
                                new ShapeRule.Field("", Shape.OBJECT, true),
                                new ShapeRule.Field("id", Shape.STRING, true),
                                new ShapeRule.Field("note", Shape.STRING, false))));
        variant(ORDER, "any", "id:string");
        assertEquals(List.of(), scene.told());
        message(ORDER, "note:string");
        assertEquals(List.of("OPEN EVENT_SHAPE " + ORDER), scene.told());
        assertEquals("id", scene.evidence(Evidence.FIELD));
    }

    @Test
    void whatIsNoJsonAtAll() {
        watch();
        learn();
        scene.read(
                ProbeKind.EVENT,
                PATTERN,
                ORDER,
                reading -> reading.text("oops"),
                event -> {
                    event.reading.shape.begin();
                    event.reading.shape.add(Shape.NOT_JSON, Shape.ROOT);
                });
        assertEquals(
                "Messages on pms:events:order: $ is no JSON where object is expected",
                scene.sentence());
    }

    @Test
    void aChannelThatSpokeAndIsSilent() {
        watch();
        scene.pass(60_000);
        message(ORDER, RIGHT);
        scene.pass(10_000);
        assertEquals(List.of(), scene.told());
        scene.pass(1);
        assertEquals(List.of("OPEN EVENT_SILENT " + ORDER), scene.told());
        scene.pass(60_000);
        message(ORDER, RIGHT);
        assertEquals(List.of("CLOSE EVENT_SILENT " + ORDER), scene.told());
    }

    @Test
    void nobodyIsSilentWhileNobodyListens() {
        watch();
        message(ORDER, RIGHT);
        scene.read(ProbeKind.PROBE_STATE, "events", "", reading -> reading.failed("gone"));
        scene.pass(60_000);
        scene.read(ProbeKind.PROBE_STATE, "events", "", reading -> {});
        scene.pass(10_000);
        assertEquals(List.of(), scene.told());
        scene.pass(1);
        assertEquals(List.of("OPEN EVENT_SILENT " + ORDER), scene.told());
    }
}
