package io.plumbline.bench.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.SimulatedInstrument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole monitor in a process of its own, over a simulated exchange, a real Redis and its
 * writer, by the monitor's own histograms: what a message costs in all, what waits where, what the
 * collector stops; with G1, and on a JDK that has it with the generational ZGC.
 */
final class LoadFigure implements Figure {
    private static final int SYMBOLS = 100;
    private static final int[] TRADES = {500, 5_000};
    private static final int ZGC_IS_GENERATIONAL = 24;
    private static final int SETTLE_S = 4;
    private static final int FULL_S = 60;
    private static final int SHORT_S = 8;
    private static final double MICROSECOND_NS = 1_000;
    private static final double SECOND_NS = 1e9;
    private static final Pattern MESSAGES =
            Pattern.compile("(?m)^plumbline_inbound_messages_total ([0-9.eE+]+)$");
    private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String title() {
        return "the running monitor under load: cost per message, hops, pauses";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final List<Row> rows = new ArrayList<>();
        for (final int trades : TRADES) {
            if (effort.full() || trades == TRADES[1]) {
                rows.addAll(under(effort, trades, "G1", ""));
            }
        }
        if (effort.full() && Runtime.version().feature() >= ZGC_IS_GENERATIONAL) {
            rows.addAll(under(effort, TRADES[1], "ZGC", "-XX:-UseG1GC -XX:+UseZGC -Xmx256m "));
        }
        return rows;
    }

    private static List<Row> under(
            final Effort effort, final int trades, final String collector, final String options)
            throws IOException, InterruptedException {
        final List<SimulatedInstrument> instruments = new ArrayList<>();
        final long intervalNs = TimeUnit.SECONDS.toNanos(SYMBOLS) / trades;
        for (int i = 0; i < SYMBOLS; i++) {
            instruments.add(DaemonStage.perpetual("S" + i, intervalNs));
        }
        final Path pauses = Files.createTempFile(effort.work(), "gc", ".log");
        final String log = "-Xlog:gc,gc+phases:file=" + pauses;
        try (DaemonStage stage = new DaemonStage(effort, instruments, "", options + log)) {
            stage.daemon.untilOk("/ready");
            TimeUnit.SECONDS.sleep(SETTLE_S);
            final long fromNs = System.nanoTime();
            final double messagesBefore = messages(stage);
            final double processorBefore = stage.daemon.processorSeconds();
            TimeUnit.SECONDS.sleep(effort.full() ? FULL_S : SHORT_S);
            final double messages = messages(stage) - messagesBefore;
            final double processorS = stage.daemon.processorSeconds() - processorBefore;
            final double seconds = (System.nanoTime() - fromNs) / SECOND_NS;
            stage.check();
            final String what = collector + ", " + trades + " trades/s: ";
            final List<Row> rows = new ArrayList<>();
            rows.add(Row.told(what + "messages", messages / seconds, "messages/s"));
            rows.add(
                    Row.told(
                            what + "processor time per message",
                            processorS * SECOND_NS / messages,
                            "ns"));
            rows.add(Row.told(what + "resident", stage.daemon.residentMebi(), "MiB"));
            final JsonNode hops =
                    new ObjectMapper().readTree(stage.daemon.get("/api/latency")).get("latency");
            rows.add(hop(what, hops, "socket_to_engine"));
            rows.add(hop(what, hops, "engine"));
            rows.add(hop(what, hops, "socket_to_redis"));
            rows.addAll(pauses(what, Files.readAllLines(pauses)));
            return rows;
        }
    }

    private static double messages(final DaemonStage stage)
            throws IOException, InterruptedException {
        final Matcher matcher = MESSAGES.matcher(stage.daemon.get("/metrics"));
        if (!matcher.find()) {
            throw new IOException("/metrics does not count the messages");
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static Row hop(final String what, final JsonNode hops, final String name)
            throws IOException {
        for (final JsonNode hop : hops) {
            if (hop.get("hop").asText().equals(name)) {
                return Row.told(
                        what + name.replace('_', ' ') + ", p99",
                        hop.get("total").get("p99Ns").asLong() / MICROSECOND_NS,
                        "us");
            }
        }
        throw new IOException("/api/latency has no " + name);
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
