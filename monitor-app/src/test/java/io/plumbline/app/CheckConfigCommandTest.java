package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check-config} says of a universe, asked and unasked. */
class CheckConfigCommandTest {
    @TempDir private Path folder;

    private final Terminal terminal = new Terminal();

    private Path file(final String rest) throws IOException {
        return Files.writeString(
                folder.resolve("u.yaml"),
                "venues: [{name: binance-usdm, rest: \""
                        + rest
                        + "\", symbols: [BTC/USDT:USDT, \"?TH/USDT:USDT\", \"*/USDX:USDX\"]}]\n");
    }

    private List<String> told() {
        return terminal.err().stream()
                .filter(line -> !line.contains("none given"))
                .filter(line -> !line.startsWith("prerequisites:") && !line.startsWith("  "))
                .toList();
    }

    @Test
    void shouldSayWhatWillBeConcludedWithoutConnecting() throws IOException {
        final Path file = file("http://127.0.0.1:1");
        assertEquals(ExitCode.OK, terminal.run("check-config", file));
        assertEquals(
                List.of(
                        "binance-usdm: 1 symbols are named, those of ?TH/USDT:USDT, */USDX:USDX are"
                                + " taken at start from what the venue lists; --resolve shows"
                                + " which"),
                told().stream().filter(line -> !line.startsWith("warning")).toList());
        assertTrue(
                terminal.out()
                        .contains("    symbols: ['BTC/USDT:USDT', '?TH/USDT:USDT', '*/USDX:USDX']"),
                () -> String.join("\n", terminal.out()));
    }

    @Test
    void shouldShowWhatAUniverseComesTo() throws IOException {
        try (SimulatedRest rest =
                new SimulatedRest(
                        0,
                        SimulatedInstruments.standard(),
                        resource -> null,
                        body -> Monitor.background("test-rest", body))) {
            rest.start();
            assertEquals(
                    ExitCode.OK, terminal.run("check-config", "--resolve", file("" + rest.uri())));
        }
        assertTrue(
                terminal.out().contains("    symbols: ['BTC/USDT:USDT', 'ETH/USDT:USDT']"),
                () -> String.join("\n", terminal.out()));
        assertTrue(
                told().contains("binance-usdm: 2 symbols are watched, 1 of them named"),
                () -> told().toString());
        assertTrue(
                told().stream()
                        .anyMatch(
                                line ->
                                        line.startsWith(
                                                "warning: */USDX:USDX matches nothing that"
                                                        + " binance-usdm lists; nearest: ")),
                () -> told().toString());
    }

    @Test
    void shouldShowWhatIsNamedWhereTheVenueDoesNotAnswer() throws IOException {
        assertEquals(
                ExitCode.OK, terminal.run("check-config", "--resolve", file("http://127.0.0.1:1")));
        assertTrue(terminal.out().contains("    symbols: ['BTC/USDT:USDT']"));
        assertTrue(
                told().stream()
                        .anyMatch(
                                line ->
                                        line.startsWith(
                                                "warning: binance-usdm: ?TH/USDT:USDT, */USDX:USDX"
                                                        + " cannot be told yet, its list of"
                                                        + " instruments at 127.0.0.1: ")),
                () -> told().toString());
    }
}
