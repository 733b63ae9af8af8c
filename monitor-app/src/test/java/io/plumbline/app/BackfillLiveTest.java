package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.feed.sim.Fault;
import io.plumbline.feed.sim.FaultKind;
import io.plumbline.feed.sim.FaultParameter;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gap over a real socket is fetched again over a real REST side, beside the main flow. */
class BackfillLiveTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String VENUE = "binance-usdm";
    private static final String SYMBOL = "BTC/USDT:USDT";

    @Test
    void lostTradesAndBooksComeBack(@TempDir final Path folder) throws Exception {
        try (LiveRig rig = new LiveRig(folder, "aggTrade, depth", 1, "http: {port: 0}\n")) {
            Await.until(
                    "books of all instruments, by snapshots over REST",
                    30,
                    () ->
                            rig.monitor.counters().get(CounterId.BOOKS_PROVEN)
                                    == SimulatedInstruments.standard().size(),
                    () -> rig.state() + " " + status(rig));
            final int mark = rig.mark();
            rig.stage.playOn(
                    FaultScript.of(List.of(lost(1, "aggTrade", rig), lost(2, "depth", rig))));
            Await.until(
                    "the gap's trades",
                    20,
                    () ->
                            rig.since(mark).stream()
                                    .anyMatch(
                                            seen ->
                                                    seen.kind() == FindingKind.SEQUENCE_GAP
                                                            && seen.edge() == Edge.CLOSE),
                    () -> rig.state() + " " + status(rig));
            final JsonNode venue = status(rig);
            assertEquals(venue.get("missing").asInt(), venue.get("recovered").asInt());
            assertEquals(1, venue.get("gaps").asInt());
            assertEquals(0, venue.get("failed").asInt());
            Await.until(
                    "the book",
                    20,
                    () -> rig.monitor.counters().get(CounterId.BOOK_RESYNCS) == 1,
                    () -> rig.state() + " " + status(rig));
            assertEquals(
                    2,
                    rig.since(mark).stream()
                            .filter(seen -> seen.kind() == FindingKind.SEQUENCE_GAP)
                            .filter(seen -> seen.edge() == Edge.EVENT)
                            .count());
        }
    }

    private static Fault lost(final int id, final String channel, final LiveRig rig) {
        final long nowNs = rig.clock.epochNanos();
        return new Fault(
                id,
                FaultKind.DROPPED_MESSAGE,
                VENUE,
                SYMBOL,
                List.of(),
                nowNs + SECOND_NS / 2,
                nowNs + 5 * SECOND_NS,
                Map.of(FaultParameter.CHANNEL, channel));
    }

    private static JsonNode status(final LiveRig rig) {
        try {
            for (final JsonNode venue : rig.json("/api/backfill/status").get("venues")) {
                if (venue.get("venue").asText().equals(VENUE)) {
                    return venue;
                }
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new AssertionError("no " + VENUE + " in /api/backfill/status");
    }
}
