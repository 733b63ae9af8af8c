package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.app.gate.GateReading;
import io.plumbline.app.gate.GateState;
import io.plumbline.market.Field;
import io.plumbline.market.Freshness;
import io.plumbline.market.Rung;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard over ten thousand symbols, in a real browser: what is looked at is there quickly,
 * and the rest costs the browser nothing. {@code -Dplumbline.pictures=DIR} keeps what it looks
 * like.
 */
@Tag("servers")
class ManySymbolsPageTest {
    private static final int MANY = 10_000;

    /** Of the machine's shared processors, not of the page. */
    private static final long PATIENCE_NS = 10_000_000_000L;

    private static final String FIRST = "#rows .row:first-child span:nth-child(2)";

    @TempDir private Path folder;

    @BeforeEach
    void requireBrowser() {
        assumeTrue(Browser.isInstalled(), Browser.absence());
    }

    @Test
    void scrollsSearchesAndSorts() throws Exception {
        try (RunningServer server = new RunningServer(HttpRoutesTest.unpaced());
                Browser browser = new Browser(folder)) {
            fill(server.monitor, MANY);
            browser.show(1_600, 1_000, false);
            browser.open(URI.create("http://127.0.0.1:" + server.port() + "/#/symbols"));
            await("the first rows", browser, () -> browser.count("#rows .row") > 10);
            assertEquals("10,000 symbols", browser.text("#total"));
            assertTrue(browser.count("*") < 2_500, browser.count("*") + " elements");

            browser.value("document.querySelector('#sort').value = 'name'");
            browser.value("document.querySelector('#sort').oninput()");
            await("the order", browser, () -> browser.text(FIRST).startsWith("S00000/"));
            browser.value("document.querySelector('#list').scrollTop = 32 * 7000");
            await("rows further down", browser, () -> visible(browser).contains("S07000/USDT"));
            assertTrue(browser.count("*") < 2_500, browser.count("*") + " elements");

            browser.press("/");
            browser.type("#search", "s04242");
            await("what is searched", browser, () -> browser.text("#total").equals("1 symbol"));
            await("its row", browser, () -> browser.text(FIRST).startsWith("S04242/"));
            browser.press("Escape");
            browser.press("Enter");
            await("its page", browser, () -> browser.text("#symbol-name").startsWith("S04242/"));
            browser.press("Escape");
            await("the list again", browser, () -> browser.count("#rows .row") == 1);
            browser.value("document.querySelector('#search').value = ''");
            browser.value("document.querySelector('#search').oninput()");
            await("all again", browser, () -> browser.text("#total").equals("10,000 symbols"));
            Pictures.take(browser, "many");
            assertEquals(List.of(), browser.faults());
        }
    }

    @Test
    void looksTheSameWithTen() throws Exception {
        try (RunningServer server = new RunningServer(HttpRoutesTest.unpaced());
                Browser browser = new Browser(folder)) {
            fill(server.monitor, 10);
            browser.show(1_600, 1_000, false);
            browser.open(URI.create("http://127.0.0.1:" + server.port() + "/#/symbols"));
            await("ten rows", browser, () -> browser.count("#rows .row") == 10);
            Pictures.take(browser, "ten");
            assertEquals(List.of(), browser.faults());
        }
    }

    /** Beyond loopback: the token once, for a cookie that the page cannot read. */
    @Test
    void asksForTheToken() throws Exception {
        final String token = "a-token-for-this-test-only";
        try (RunningServer server = new RunningServer(HttpRoutesTest.unpaced(), "0.0.0.0", token);
                Browser browser = new Browser(folder)) {
            fill(server.monitor, 10);
            browser.open(URI.create("http://localhost:" + server.port() + "/"));
            browser.type("#token", "another");
            Pictures.take(browser, "login");
            browser.click("#login [type=submit]");
            await("a no", browser, () -> browser.text("#wrong").contains("not the token"));
            browser.value("document.querySelector('#token').value = ''");
            browser.type("#token", token);
            browser.click("#login [type=submit]");
            await("the dashboard", browser, () -> browser.text("#n-open").equals("10"));
            assertEquals("", browser.value("document.cookie").asText());
        }
    }

    private static String visible(final Browser browser) throws IOException {
        return browser.value(
                        "[...document.querySelectorAll('#rows .row')].filter(r => {const a ="
                                + " r.getBoundingClientRect(), b ="
                                + " document.querySelector('#list').getBoundingClientRect(); return"
                                + " a.top >= b.top - 1 && a.bottom <= b.bottom + 1;}).map(r =>"
                                + " r.innerText).join(' ')")
                .asText();
    }

    private static void await(
            final String what, final Browser browser, final Callable<Boolean> condition)
            throws Exception {
        final long beginNs = System.nanoTime();
        while (!condition.call()) {
            assertTrue(
                    System.nanoTime() - beginNs < PATIENCE_NS,
                    () -> what + " did not come; " + browser.faults());
            LockSupport.parkNanos(10_000_000L);
        }
        System.out.printf("%s after %d ms%n", what, (System.nanoTime() - beginNs) / 1_000_000);
    }

    /** Symbols of every verdict, some of which are not to be traded. */
    static void fill(final FakeMonitor monitor, final int count) {
        final List<SymbolStatus> symbols = new ArrayList<>();
        final List<GateReading> gates = new ArrayList<>();
        final List<String> verdicts =
                List.of("IN_SYNC", "IN_SYNC", "LATE", "WRONG", "UNVERIFIABLE");
        for (int i = 0; i < count; i++) {
            final String name = String.format("S%05d/USDT", i);
            final String verdict = verdicts.get(i % 97 < 90 ? 0 : i % 5);
            final boolean wrong = verdict.equals("WRONG");
            symbols.add(
                    new SymbolStatus(
                            i % 2 == 0 ? "binance-spot" : "okx",
                            name,
                            i == Math.min(4_242, count - 1) ? "pms:price:BTC" : "pms:price:" + name,
                            Field.LAST,
                            "64123.45",
                            wrong ? "64120.4" : "64123.45",
                            wrong ? "-305" : "0",
                            wrong ? "-0.47" : "0",
                            verdict,
                            1_000_000L * (i % 50),
                            1_000_000L * (i % 900),
                            1_000_000L * (i % 700),
                            new Coverage(1_000, i % 20, 3, 4),
                            Freshness.State.FRESH,
                            true,
                            Rung.NOTIFICATION));
            final GateState state =
                    wrong
                            ? GateState.CLOSED
                            : verdict.equals("IN_SYNC") ? GateState.OPEN : GateState.CAUTION;
            gates.add(
                    new GateReading(
                            name,
                            state,
                            state == GateState.OPEN ? "" : name + " is " + verdict,
                            List.of(),
                            7,
                            FakeMonitor.NOW_NS - 5_000_000_000L));
        }
        monitor.symbols = symbols;
        monitor.gates = gates;
    }
}
