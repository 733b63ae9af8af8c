package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.List;

/**
 * Target 18: at least three times what the engine can judge, which on purpose takes 5 us longer for
 * a message. What has no room is shed and counted, the engine says so, and a second later it is as
 * before. That each message was judged or counted is checked by the receiver, which fails
 * otherwise.
 */
final class OverloadFigure implements Figure {
    private static final int TARGET = 18;
    private static final long ENGINE_NS = 5_000;
    private static final int CALM = 10_000;
    private static final int OVERLOAD = 600_000;
    private static final int SECONDS = 3;
    private static final int SETTLING_S = 6;
    private static final int SHORT_SETTLING_S = 3;
    private static final int BEFORE = 1;
    private static final int DURING = 2;
    private static final int AFTER = 4;
    private static final int P50 = 0;
    private static final int P99 = 1;
    private static final double LIMIT = 1.5;
    private static final double P99_LIMIT = 2;
    private static final double MICROSECOND_NS = 1_000;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String title() {
        return "three times what the engine can judge, and a second later";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        Cores.keepSenderApart();
        final PacedServer.Phase calm = new PacedServer.Phase(CALM, (long) CALM * SECONDS);
        // What the overload left in the ring is judged in it.
        final PacedServer.Phase second = new PacedServer.Phase(CALM, CALM);
        // And until the compiler has seen this rate: what is compared with must be calm, too.
        final PacedServer.Phase settling =
                new PacedServer.Phase(
                        CALM, (long) CALM * (effort.full() ? SETTLING_S : SHORT_SETTLING_S));
        final List<Delivery> deliveries =
                Delivery.toOurs(
                        List.of(
                                settling,
                                calm,
                                new PacedServer.Phase(OVERLOAD, (long) OVERLOAD * SECONDS),
                                second,
                                calm),
                        false,
                        ENGINE_NS,
                        effort);
        final Delivery during = deliveries.get(DURING);
        return List.of(
                Row.told(
                        "overload: sent, all judged or counted",
                        (double) OVERLOAD * SECONDS,
                        "messages"),
                Row.told("overload: shed", during.lost(), "messages"),
                Row.absolute(
                        TARGET,
                        "overload: findings that say so",
                        during.found() + deliveries.get(DURING + 1).found(),
                        "",
                        Bound.atLeast(1)),
                Row.absolute(
                        TARGET,
                        "overload: allocated per message",
                        during.bytes() * (1 - during.lost() / (double) OVERLOAD / SECONDS),
                        "B",
                        Bound.atMost(1)),
                new Row(
                        0,
                        "overload: resident memory after it",
                        deliveries.get(AFTER).residentMebi(),
                        "MiB",
                        "before the overload",
                        deliveries.get(BEFORE).residentMebi(),
                        deliveries.get(AFTER).residentMebi()
                                / deliveries.get(BEFORE).residentMebi(),
                        Bound.NONE),
                after(deliveries, P50, "p50", LIMIT),
                after(deliveries, P99, "p99", P99_LIMIT));
    }

    private static Row after(
            final List<Delivery> deliveries,
            final int percentile,
            final String name,
            final double limit) {
        final double before = deliveries.get(BEFORE).lateNs()[percentile];
        final double after = deliveries.get(AFTER).lateNs()[percentile];
        return new Row(
                TARGET,
                "wire to verdict a second after, " + name,
                after / MICROSECOND_NS,
                "us",
                "before the overload",
                before / MICROSECOND_NS,
                after / before,
                Bound.atMost(limit));
    }
}
