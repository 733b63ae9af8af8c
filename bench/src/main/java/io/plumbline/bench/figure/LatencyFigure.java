package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Targets 6 and 7: from the planned send time of a message to its verdict over loopback, in a
 * process of its own, against a reader in C that judges nothing; in turns. Sleeping until woken, or
 * spinning as with {@code --low-latency}.
 */
final class LatencyFigure implements Figure {
    private static final int BLOCKING = 6;
    private static final int SPINNING = 7;
    private static final int ALLOCATION = 8;
    private static final int[] RATES = {1_000, 10_000, 50_000, 100_000, 300_000};
    private static final int[] HELD = {10_000, 100_000};
    private static final int FULL_S = 6;
    private static final int SHORT_S = 2;
    private static final int ROUNDS = 3;
    private static final double MICROSECOND_NS = 1_000;
    private static final double[] PERCENTILES = {50, 99, 99.9};
    private static final double[] LIMITS = {1.5, 2, 3};
    private static final double[] SPINNING_LIMITS = {1.15, 1.5, 2};

    private final boolean spins;

    /**
     * @param spins as with {@code --low-latency}
     */
    LatencyFigure(final boolean spins) {
        this.spins = spins;
    }

    @Override
    public String name() {
        return spins ? "low-latency" : "latency";
    }

    @Override
    public String title() {
        return "planned send to verdict over loopback, at fixed rates"
                + (spins ? ", spinning" : "");
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        Cores.keepSenderApart();
        final int[] rates = effort.full() ? RATES : HELD;
        final int seconds = effort.full() ? FULL_S : SHORT_S;
        final List<PacedServer.Phase> phases =
                IntStream.of(rates)
                        .mapToObj(rate -> new PacedServer.Phase(rate, (long) rate * seconds))
                        .toList();
        final List<PacedServer.Phase> settled = Delivery.settled(phases);
        final List<List<Delivery>> ours = new ArrayList<>();
        final List<List<Delivery>> floor = new ArrayList<>();
        for (int round = 0; round < (effort.full() ? ROUNDS : 1); round++) {
            ours.add(Delivery.ofSettled(Delivery.toOurs(settled, spins, effort)));
            if (CReader.canBeBuilt()) {
                final List<Delivery> theirs = new ArrayList<>();
                for (final PacedServer.Phase phase : phases) {
                    theirs.add(Delivery.toC(phase, spins, effort));
                }
                floor.add(theirs);
            }
        }
        final List<Row> rows = new ArrayList<>();
        for (int at = 0; at < rates.length; at++) {
            rows.addAll(rows(rates[at], at, ours, floor));
        }
        return rows;
    }

    private List<Row> rows(
            final int rate,
            final int at,
            final List<List<Delivery>> ours,
            final List<List<Delivery>> floor) {
        final List<Row> rows = new ArrayList<>();
        for (int p = 0; p < PERCENTILES.length; p++) {
            final int percentile = p;
            rows.add(
                    row(
                            rate,
                            p,
                            median(ours, at, delivery -> delivery.lateNs()[percentile]),
                            median(floor, at, delivery -> delivery.lateNs()[percentile])));
        }
        final String which = " at " + rate + "/s" + mode();
        if (!spins) {
            rows.add(
                    processor(
                            "processor time" + which,
                            median(ours, at, Delivery::processorNs),
                            median(floor, at, Delivery::processorNs)));
        }
        rows.add(
                Row.told(
                        "lost" + which,
                        ours.stream().mapToLong(round -> round.get(at).lost()).sum(),
                        "messages"));
        rows.add(allocated(which, median(ours, at, Delivery::bytes)));
        return rows;
    }

    private Row processor(final String what, final double ours, final double theirs) {
        return Double.isNaN(theirs)
                ? Row.told(what, ours, "ns")
                : new Row(0, what, ours, "ns", peer(), theirs, ours / theirs, Bound.NONE);
    }

    private Row allocated(final String which, final double bytes) {
        final String what = "allocated, socket to finding," + which;
        return which.contains(" " + HELD[1] + "/s")
                ? Row.absolute(ALLOCATION, what, bytes, "B", Bound.atMost(1))
                : Row.told(what, bytes, "B");
    }

    private static double median(
            final List<List<Delivery>> rounds,
            final int at,
            final ToDoubleFunction<Delivery> value) {
        return rounds.isEmpty()
                ? Double.NaN
                : Contest.median(
                        rounds.stream()
                                .mapToDouble(round -> value.applyAsDouble(round.get(at)))
                                .toArray());
    }

    private String peer() {
        return spins ? "C, spinning, no verdict" : "C, blocking, no verdict";
    }

    private String mode() {
        return spins ? ", low latency" : "";
    }

    private Row row(final int rate, final int p, final double ours, final double theirs) {
        final String what =
                "wire to verdict at " + rate + "/s" + mode() + ", p" + Row.number(PERCENTILES[p]);
        return Double.isNaN(theirs) || IntStream.of(HELD).noneMatch(held -> held == rate)
                ? Row.told(what, ours / MICROSECOND_NS, "us")
                : new Row(
                        spins ? SPINNING : BLOCKING,
                        what,
                        ours / MICROSECOND_NS,
                        "us",
                        peer(),
                        theirs / MICROSECOND_NS,
                        ours / theirs,
                        Bound.atMost((spins ? SPINNING_LIMITS : LIMITS)[p]));
    }
}
