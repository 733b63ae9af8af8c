package io.plumbline.bench.figure;

import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The whole monitor in a process of its own, over a venue that sends at fixed rates and a real
 * Redis whose key is written a thousand times a second: from the planned send time of a message,
 * and from the planned time of a write, to its verdict; what a message costs, what stays in memory,
 * what the collector stops. With G1, and on a JDK that has it with the generational ZGC.
 */
final class LoadFigure implements Figure {
    private static final int[] RATES = {1_000, 10_000, 50_000, 100_000};
    private static final int[] FEW = {100_000};
    private static final int[] HIGHER = {200_000, 300_000, 400_000, 500_000, 600_000, 800_000};
    private static final int[] FEW_HIGHER = {200_000, 400_000, 600_000};
    private static final int RECORDED_RATE = 10_000;
    private static final int ZGC_IS_GENERATIONAL = 24;
    private static final int FULL_S = 10;
    private static final int SHORT_S = 3;
    private static final int HIGHER_S = 2;
    private static final int DECIMALS = 2;

    /** So that what a write tells of its time is on the grid. */
    private static final String FINE = "0.00000000001";

    private static final int RECORDED_MOST = 200_000;
    private static final int RECORDED_FEW = 20_000;

    /** What counts as the rate that was asked for. */
    private static final double KEPT_UP = 0.97;

    private static final double MICROSECOND_NS = 1_000;
    private static final double[] PERCENTILES = {50, 99, 99.9};
    private static final String BID = "61800.20";
    private static final String KEY = "pms:price:BTC/USDT:USDT";
    private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String title() {
        return "the whole monitor with a Redis at fixed rates: delays, cost per message, pauses";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        Cores.keepSenderApart();
        final List<Row> rows = new ArrayList<>(under(effort, "G1", List.of()));
        if (effort.full() && Runtime.version().feature() >= ZGC_IS_GENERATIONAL) {
            rows.addAll(under(effort, "ZGC", List.of("-XX:-UseG1GC", "-XX:+UseZGC")));
        }
        return rows;
    }

    private static List<Row> under(
            final Effort effort, final String collector, final List<String> more)
            throws IOException, InterruptedException {
        final Path pauses = Files.createTempFile(effort.work(), "gc", ".log");
        final List<String> options = new ArrayList<>(more);
        options.add("-Xlog:gc,gc+phases:file=" + pauses);
        final List<Named> measured = measured(effort);
        final List<PacedServer.Phase> phases =
                new ArrayList<>(Delivery.settled(measured.stream().map(Named::phase).toList()));
        phases.addAll(higher(effort));
        final SimulatedInstrument instrument =
                new SimulatedInstrument(
                        "binance-usdm", "BTC/USDT:USDT", "BTCUSDT", FINE, DECIMALS, 1, 1);
        try (RedisHost redis = new RedisHost();
                PacedServer venue = new PacedServer();
                SimulatedRest rest =
                        new SimulatedRest(
                                0,
                                List.of(instrument),
                                resource -> null,
                                body -> RedisMonitor.thread("rest", body));
                PacedWriter writer = new PacedWriter(redis, KEY, BID)) {
            rest.start();
            final Path config = Files.createTempFile(effort.work(), "load", ".yaml");
            Files.writeString(config, yaml(effort, venue, rest, redis));
            final List<Delivery> deliveries =
                    Delivery.toMonitor(venue, config, options, phases, effort);
            writer.check();
            final List<Row> rows = rows(collector, measured, phases, deliveries);
            rows.addAll(pauses(collector + ": ", Files.readAllLines(pauses)));
            return rows;
        }
    }

    private static String yaml(
            final Effort effort,
            final PacedServer venue,
            final SimulatedRest rest,
            final RedisHost redis)
            throws IOException {
        return "venues:\n"
                + "  - name: binance-usdm\n"
                + ("    endpoint: " + venue.uri() + "\n")
                + ("    rest: " + rest.uri() + "\n")
                + "    channels: [bookTicker]\n"
                + "    symbols: [\"BTC/USDT:USDT\"]\n"
                + "redis:\n"
                + "  - name: main\n"
                + ("    uri: " + redis.uri() + "\n")
                + "    keys:\n"
                + "      - pattern: \"pms:price:{symbol}\"\n"
                + "        venue: binance-usdm\n"
                + "        reference: bid\n"
                + "        tolerance: {bps: 1}\n"
                + "        ttl: {expected: false}\n"
                + ("monitor: {dataDirectory: \""
                        + Files.createTempDirectory(effort.work(), "monitor")
                        + "\"}\n")
                + ("http: {port: " + Daemon.freePort() + "}\n");
    }

    /** A phase and what it is called. */
    private record Named(String name, PacedServer.Phase phase) {}

    private static List<Named> measured(final Effort effort) throws IOException {
        final List<Named> measured = new ArrayList<>();
        final int seconds = effort.full() ? FULL_S : SHORT_S;
        for (final int rate : effort.full() ? RATES : FEW) {
            measured.add(
                    new Named(rate + "/s", new PacedServer.Phase(rate, (long) rate * seconds)));
        }
        if (effort.hasFeeds()) {
            final int most = effort.full() ? RECORDED_MOST : RECORDED_FEW;
            measured.add(
                    new Named(
                            "recorded, " + RECORDED_RATE + "/s",
                            PacedServer.Phase.of(
                                    RECORDED_RATE, Traffic.channel(effort, "bookTicker", most))));
        }
        return measured;
    }

    /** Of which only counts whether their rate was kept. */
    private static List<PacedServer.Phase> higher(final Effort effort) {
        return IntStream.of(effort.full() ? HIGHER : FEW_HIGHER)
                .mapToObj(rate -> new PacedServer.Phase(rate, (long) rate * HIGHER_S))
                .toList();
    }

    private static List<Row> rows(
            final String collector,
            final List<Named> measured,
            final List<PacedServer.Phase> phases,
            final List<Delivery> deliveries) {
        final List<Row> rows = new ArrayList<>();
        final List<Delivery> told = Delivery.ofSettled(deliveries.subList(0, 2 * measured.size()));
        for (int i = 0; i < told.size(); i++) {
            rows.addAll(rows(collector + ", " + measured.get(i).name, told.get(i)));
        }
        double highest = 0;
        for (int i = 0; i < phases.size(); i++) {
            final Delivery delivery = deliveries.get(i);
            if (delivery.lost() == 0
                    && delivery.unwritten() == 0
                    && delivery.perSecond() >= KEPT_UP * phases.get(i).rate()) {
                highest = Math.max(highest, delivery.perSecond());
            }
        }
        rows.add(Row.told(collector + ": highest rate without loss", highest, "messages/s"));
        return rows;
    }

    private static List<Row> rows(final String what, final Delivery delivery) {
        final List<Row> rows = new ArrayList<>();
        for (int p = 0; p < PERCENTILES.length; p++) {
            rows.add(late(what + ": wire to verdict, p", p, delivery.lateNs()));
        }
        for (int p = 0; p < PERCENTILES.length && delivery.writes() > 0; p++) {
            rows.add(late(what + ": write to verdict, p", p, delivery.writesLateNs()));
        }
        rows.add(Row.told(what + ": writes judged", delivery.writes(), ""));
        rows.add(Row.told(what + ": processor time per message", delivery.processorNs(), "ns"));
        rows.add(Row.told(what + ": allocated per message", delivery.bytes(), "B"));
        rows.add(Row.told(what + ": lost", delivery.lost(), "messages"));
        rows.add(Row.told(what + ": resident", delivery.residentMebi(), "MiB"));
        return rows;
    }

    private static Row late(final String what, final int p, final double[] ns) {
        return Row.told(what + Row.number(PERCENTILES[p]), ns[p] / MICROSECOND_NS, "us");
    }

    private static List<Row> pauses(final String what, final List<String> log) {
        double longestMs = 0;
        int count = 0;
        for (final String line : log) {
            final Matcher matcher = PAUSE.matcher(line);
            if (matcher.find()) {
                longestMs = Math.max(longestMs, Double.parseDouble(matcher.group(1)));
                count++;
            }
        }
        return List.of(
                Row.told(what + "pauses since the start", count, ""),
                Row.told(what + "longest pause", longestMs, "ms"));
    }
}
