package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.app.config.ConfigException;
import io.plumbline.app.http.Browser;
import io.plumbline.inbound.InboundType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report in a real browser, from a file: it draws itself without an error and without asking
 * any network, whatever the recording is called, and a case leads to its prices. Pictures go to
 * {@code -Dplumbline.pictures=DIR}.
 */
@Tag("servers")
class ReportBrowserTest {
    private static final int MANY = 10_000;
    private static final long LARGEST_BYTES = 12L << 20;

    private final Terminal terminal = new Terminal();
    @TempDir private Path folder;
    private Path report;

    @BeforeEach
    void requireBrowser() {
        assumeTrue(Browser.isInstalled(), Browser.absence());
        report = folder.resolve("report.html");
    }

    private void write(final Path journal) {
        assertEquals(
                ExitCode.OK,
                terminal.run("replay", journal, "--report", report),
                terminal.err().toString());
    }

    private void open(final Browser browser, final String name) throws IOException {
        browser.show(1_600, 1_000, false);
        browser.open(report.toUri());
        browser.until("document.querySelector('#replay table')");
        for (final int width : new int[] {400, 1_600}) {
            for (final boolean dark : new boolean[] {true, false}) {
                browser.show(width, 1_000, dark);
                browser.until("document.documentElement.clientWidth <= " + width);
                assertTrue(
                        browser.value("document.documentElement.scrollWidth <= " + width)
                                .asBoolean(),
                        "wider than " + width);
                final String pictures = System.getProperty("plumbline.pictures");
                if (pictures != null) {
                    Files.write(
                            Path.of(pictures, name + '-' + width + (dark ? "-dark" : "") + ".png"),
                            browser.picture());
                }
            }
        }
    }

    @Test
    void shouldLeadFromACaseToItsPrices() throws IOException, ConfigException {
        final Path journal = folder.resolve("journal");
        HostileRecording.write(journal, HostileRecording.CONFIG);
        write(journal);
        try (Browser browser = new Browser(folder)) {
            open(browser, "small");
            assertEquals(1, browser.value("document.querySelectorAll('.case-bar').length").asInt());
            assertEquals(0, browser.value("document.images.length").asInt());
            browser.value(
                    "document.querySelector('.case-bar')"
                            + ".dispatchEvent(new MouseEvent('click', {bubbles: true}))");
            browser.until("document.querySelector('figure.chosen svg path.value')");
            browser.until("document.activeElement.id === 'scene-0'");
            browser.until(
                    "(box => box.top >= 0 && box.bottom <= innerHeight)"
                            + "(document.querySelector('figure.chosen').getBoundingClientRect())");
            final String shown =
                    browser.value("document.querySelector('figure.chosen').innerText").asText();
            assertTrue(shown.contains(HostileRecording.WRONG_KEY), shown);
            assertTrue(shown.contains("PRICE_WRONG open"), shown);
            assertEquals(List.of(), browser.faults());
            assertEquals(
                    List.of(report.toUri().toString()), browser.requests(), "of the file alone");
        }
    }

    @Test
    void shouldStaySmallAndQuickWithTenThousandSymbols() throws IOException, ConfigException {
        final Path journal = folder.resolve("many");
        final List<String> names =
                IntStream.range(0, MANY).mapToObj(i -> "C" + i + "/USDT:USDT").toList();
        final String config =
                "venues: [{name: binance-usdm, symbols: ["
                        + names.stream()
                                .map(name -> '"' + name + '"')
                                .collect(Collectors.joining(", "))
                        + "], channels: [aggTrade]}]\n"
                        + "redis: [{name: main, uri: \"redis://127.0.0.1:6379\","
                        + " health: {enabled: false}, misnamed: {scan: off}, keys: [{pattern:"
                        + " \"pms:price:{symbol}\", venue: binance-usdm, reference: last}]}]\n";
        try (RecordedJournal recorded = new RecordedJournal(journal, config)) {
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < MANY; i++) {
                    if (i % 500 == 0) {
                        recorded.after(50_000_000L).tick(0);
                        recorded.put(InboundType.HEARTBEAT, RecordedJournal.REDIS, 1, "");
                    }
                    recorded.at(recorded.nowNs() - 10_000_000L);
                    // One in three symbols misses a trade in each round: far more than is kept.
                    recorded.aggTrade(1, "C" + i + "USDT", 100 + round * (i % 3 == 0 ? 2L : 1L));
                }
            }
        }
        write(journal);
        assertTrue(Files.size(report) < LARGEST_BYTES, Files.size(report) + " bytes");
        final var data = ReplayReportTest.data(Files.readString(report));
        assertEquals(MANY, data.path("coverage").path("rows").size());
        assertTrue(data.path("scenes").size() <= 120);
        assertTrue(data.path("limits").get(0).path("leftOut").asLong() > 0);
        try (Browser browser = new Browser(folder)) {
            open(browser, "large");
            assertEquals(List.of(), browser.faults());
            browser.value(
                    "{const i = document.getElementById('price-find'); i.value = 'C9999/';"
                            + "i.dispatchEvent(new Event('input')); 1}");
            browser.until("document.getElementById('price-total').innerText.startsWith('1 of')");
        }
    }
}
