package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database beside Redis, live, and again from the journal without it. */
class DatabaseLiveTest {
    private static final String SUBJECT = "DATABASE_DISAGREES %s database/pms prices %s";

    @TempDir private Path folder;

    private final SystemClock clock = new SystemClock();
    private final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();

    private static List<String> edges(final LiveRun run) {
        try {
            return run.parsedFindings().stream()
                    .map(
                            finding ->
                                    finding.path("kind").asText()
                                            + ' '
                                            + finding.path("edge").asText()
                                            + ' '
                                            + finding.path("key").asText())
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitTold(final LiveRun run, final String edge, final String what) {
        final String line = String.format(SUBJECT, edge, what);
        run.until(line, () -> edges(run).contains(line));
    }

    private static String cause(final LiveRun run, final String what) throws IOException {
        for (final JsonNode finding : run.parsedFindings()) {
            if (finding.path("key").asText().endsWith(what)) {
                return finding.path("evidence").path("cause").asText();
            }
        }
        return "";
    }

    @Test
    @Tag("slow")
    void aSqliteFile() throws Exception {
        final Path file = folder.resolve("pms.db");
        try (PriceTable table = new PriceTable("jdbc:sqlite:" + file, "", "REAL")) {
            compare(table, "url: \"jdbc:sqlite:" + file + "\"", "prices are stored as floats");
        }
    }

    @Test
    @Tag("servers")
    void aPostgresServer() throws Exception {
        try (PostgresServer server = PostgresServer.assumePresent(folder.resolve("pg"));
                PriceTable table = new PriceTable(server.url(), "plumbline", "NUMERIC(20,8)")) {
            compare(table, "url: \"" + server.url() + "\"\n    user: plumbline", "");
        }
    }

    private void compare(final PriceTable table, final String place, final String stored)
            throws Exception {
        final SimulatedInstrument first = instruments.get(0);
        final SimulatedInstrument second = instruments.get(1);
        final SimulatedInstrument third = instruments.get(2);
        try (Stage stage =
                new Stage(
                        new SimulatedMarket(11, instruments),
                        instruments,
                        WriterSettings.standard(),
                        clock,
                        Monitor::background)) {
            stage.open();
            stage.play(FaultScript.of(List.of()), List.of(), List.of());
            table.follow(stage.redisPort(), instruments);
            final LiveRun run =
                    new LiveRun(
                            folder.resolve("data"),
                            stage.watchedYaml("bookTicker, aggTrade")
                                    + "databases:\n  - name: pms\n    "
                                    + place
                                    + "\n    every: 200ms\n    tables: [{table: prices, symbol:"
                                    + " symbol, price: price, updated: updated, maxAge: 5s}]\n",
                            (finding, text) -> {});
            try (run) {
                run.start();
                run.awaitLive();
                Await.pass(7_000);
                assertEquals(
                        stored.isEmpty()
                                ? List.of()
                                : List.of(String.format(SUBJECT, "open", "type of prices")),
                        edges(run).stream().filter(edge -> edge.startsWith("DATABASE")).toList());
                if (!stored.isEmpty()) {
                    assertEquals(stored, cause(run, "type of prices"));
                }

                table.hold(first.symbol(), "0.00000123");
                awaitTold(run, "open", first.symbol());
                assertEquals("another price", cause(run, first.symbol()));
                table.forget(second.symbol());
                awaitTold(run, "open", "missing rows");
                table.rename(third.symbol(), third.symbol().toLowerCase(Locale.ROOT));
                awaitTold(run, "open", "spelling of symbols");

                table.well();
                awaitTold(run, "close", first.symbol());
                awaitTold(run, "close", "missing rows");
                awaitTold(run, "close", "spelling of symbols");

                table.drop();
                run.until(
                        "a table that cannot be read",
                        () ->
                                edges(run)
                                        .contains(
                                                "OBSERVER_DEGRADED open probe/database/pms table"
                                                        + " prices"));
            }
            assertTrue(run.replayedTheSame().findings().contains("DATABASE_DISAGREES"));
        }
    }
}
