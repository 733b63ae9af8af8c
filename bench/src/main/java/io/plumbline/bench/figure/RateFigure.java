package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Targets 5 and 8: the highest rate from one socket to verdicts and journal without loss, against a
 * reader in C that judges nothing and against other products; and collections in a long run at a
 * high rate.
 */
final class RateFigure implements Figure {
    private static final int RATE = 5;
    private static final int COLLECTIONS = 8;
    private static final double SHARE = 0.2;
    private static final String WHAT = "socket to verdict, without loss";

    private static final int[] RATES = {
        200_000, 300_000, 400_000, 600_000, 800_000, 1_000_000, 1_200_000, 1_500_000
    };
    private static final int[] FEW = {200_000, 400_000, 800_000};

    /** How long each rate is sent, after it has been settled. */
    private static final int FULL_S = 5;

    private static final int STEADY = 500_000;
    private static final int STEADY_FULL_S = 600;
    private static final int STEADY_SHORT_S = 3;
    private static final long FLOOD = 3_000_000;
    private static final long FEW_AT_ONCE = 800_000;

    @Override
    public String name() {
        return "rate";
    }

    @Override
    public String title() {
        return "socket to verdict: the highest rate without loss, and collections at a high one";
    }

    @Override
    public long limitS() {
        return 1_800;
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final int[] rates = effort.full() ? RATES : FEW;
        final List<PacedServer.Phase> rising = new ArrayList<>();
        for (final int rate : rates) {
            rising.add(new PacedServer.Phase(rate, (long) rate * (effort.full() ? FULL_S : 1)));
        }
        final int seconds = effort.full() ? STEADY_FULL_S : STEADY_SHORT_S;
        final List<PacedServer.Phase> phases = new ArrayList<>(Delivery.settled(rising));
        phases.add(new PacedServer.Phase(PacedServer.FLOOD, effort.full() ? FLOOD : FEW_AT_ONCE));
        phases.add(new PacedServer.Phase(STEADY, (long) STEADY * seconds));
        final List<Delivery> all = Delivery.toOurs(phases, false, effort);
        final List<Delivery> ours =
                new ArrayList<>(Delivery.ofSettled(all.subList(0, 2 * rates.length)));
        ours.addAll(all.subList(2 * rates.length, all.size()));
        final List<Row> rows = new ArrayList<>();
        double highest = 0;
        boolean rises = true;
        for (int i = 0; i <= rates.length; i++) {
            final Delivery delivery = ours.get(i);
            final String asked = i == rates.length ? "all at once" : rates[i] + "/s";
            rows.add(Row.told("kept, of " + asked, delivery.perSecond(), "messages/s"));
            rows.add(Row.told("lost, of " + asked, delivery.lost(), "messages"));
            rows.add(Row.told("not journalled, of " + asked, delivery.unwritten(), "messages"));
            // One that was lucky above another that was not is not the highest.
            rises &= delivery.lost() == 0;
            if (rises) {
                highest = Math.max(highest, delivery.perSecond());
            }
        }
        final Delivery steady = ours.get(rates.length + 1);
        final String at = " at " + STEADY + "/s, " + seconds + " s";
        rows.add(0, highest(highest, effort));
        rows.addAll(1, RatePeers.rows(WHAT, highest, effort));
        rows.add(
                Row.absolute(
                        COLLECTIONS,
                        "collections" + at,
                        steady.collections(),
                        "",
                        Bound.atMost(0)));
        rows.add(
                Row.absolute(
                        COLLECTIONS,
                        "allocated, socket to finding," + at,
                        steady.bytes(),
                        "B",
                        Bound.atMost(1)));
        rows.add(Row.told("rate kept" + at, steady.perSecond(), "messages/s"));
        rows.add(Row.told("lost" + at, steady.lost(), "messages"));
        return rows;
    }

    private static Row highest(final double highest, final Effort effort)
            throws IOException, InterruptedException {
        if (!CReader.canBeBuilt()) {
            return Row.told(WHAT, highest, "messages/s");
        }
        final double floor =
                Delivery.toC(new PacedServer.Phase(PacedServer.FLOOD, FLOOD), false, effort)
                        .perSecond();
        return new Row(
                RATE,
                WHAT,
                highest,
                "messages/s",
                "C, blocking, no verdict",
                floor,
                highest / floor,
                new Bound(Bound.Kind.AT_LEAST, SHARE, Double.NaN));
    }
}
