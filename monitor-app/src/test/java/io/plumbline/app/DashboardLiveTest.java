package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.app.http.Browser;
import io.plumbline.app.http.Pictures;
import io.plumbline.finding.Edge;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The dashboard of a running monitor in a real browser: what is wrong is seen, and leads on. */
@Tag("servers")
class DashboardLiveTest {
    private static final String TOKEN = "a-token-for-this-test-only";
    private static final String KEY = "pms:price:ETH/USDT";

    /** From the finding to the page. */
    private static final long BOUND_MS = 2_000;

    @TempDir private Path folder;

    @Test
    void anInjectedFaultIsSeenAndLeadsToItsCause() throws Exception {
        assumeTrue(Browser.isInstalled(), Browser.absence());
        try (LiveRig rig =
                        new LiveRig(
                                folder,
                                "detectors: {staleness: {connection: 10s, symbol: 10s}}\n"
                                        + "latency: {interval: 1s}\n"
                                        + "http: {port: 0, token: "
                                        + TOKEN
                                        + "}\n");
                Browser browser = new Browser(folder)) {
            Await.until("a live rig", 60, () -> rig.allLive() && rig.onNotifications(), rig::state);
            browser.show(1_600, 1_000, false);
            browser.open(URI.create("http://127.0.0.1:" + rig.monitor.httpPort() + "/"));
            Await.until("the page", 30, () -> !browser.text("#n-open").equals("–"), rig::state);

            rig.pauseMarket(true);
            final int mark = rig.mark();
            try (Jedis jedis = rig.redis()) {
                jedis.set(KEY, "1,5");
            }
            Await.until("the finding", 30, () -> foundNs(rig, mark) != 0, rig::state);
            final String itsCase = "li[data-fingerprint*='ETH/USDT'] button.what";
            Await.until("the case on the page", 30, () -> browser.count(itsCase) > 0, rig::state);
            final long lateMs = (rig.clock.epochNanos() - foundNs(rig, mark)) / 1_000_000;
            System.out.println("on the page " + lateMs + " ms after its finding");
            assertTrue(lateMs < BOUND_MS, lateMs + " ms");
            Pictures.take(browser, "cases");

            browser.click(itsCase);
            browser.until("document.querySelector('.timeline li b')");
            assertTrue(browser.text(".timeline").contains("opened"), browser.text(".timeline"));
            acknowledge(browser);
            Pictures.take(browser, "case");
            silence(browser);

            browser.value(
                    "[...document.querySelectorAll('.actions button')].find(b => b.innerText =="
                            + " 'The symbol').click()");
            browser.until("document.querySelector('#symbol-findings li .what')");
            assertTrue(browser.text("#symbol-findings").contains("VALUE_MALFORMED"));
            assertTrue(browser.text("#symbol-why").contains("CLOSED"), browser.text("#symbol-why"));
            browser.until("document.querySelectorAll('.chart canvas').length == 2");
            rig.pauseMarket(false);
            Pictures.take(browser, "symbol");
            browser.press("Escape");
            lookAround(browser);
            assertEquals(List.of(), refusals(browser));
        }
    }

    /** The first time the token is asked for; a wrong one is said to be, and asked for again. */
    private static void acknowledge(final Browser browser) throws IOException {
        order(browser, "Acknowledge");
        browser.type(".form [name=by]", "ann");
        browser.type(".form [name=note]", "looking");
        browser.type(".form [name=token]", "not-the-token-at-all");
        browser.click(".form [type=submit]");
        browser.until("document.querySelector('.said')?.innerText");
        browser.type(".form [name=token]", TOKEN);
        browser.click(".form [type=submit]");
        browser.until("document.querySelector('#case-list').innerText.includes('ann has it')");
        browser.until("document.querySelector('.timeline').innerText.includes('acknowledged')");
        assertEquals("null", browser.value("String(localStorage.getItem('token'))").asText());
    }

    private static void silence(final Browser browser) throws IOException {
        order(browser, "Silence");
        assertEquals(0, browser.count(".form [name=token]"), "asked once");
        browser.type(".form [name=comment]", "writer is deployed");
        browser.click(".form [type=submit]");
        browser.until("document.querySelector('#silence-list').innerText.includes('deployed')");
    }

    private static void order(final Browser browser, final String button) throws IOException {
        browser.value(
                "[...document.querySelectorAll('.actions button')].find(b => b.innerText == '"
                        + button
                        + "').click()");
        browser.until("document.querySelector('.form form')");
    }

    private static void lookAround(final Browser browser) throws IOException {
        browser.press("3");
        browser.until("document.querySelector('#feed-rows').innerText.includes('binance-spot')");
        browser.until("document.querySelector('#node-rows tr')");
        Pictures.take(browser, "feeds");
        browser.press("4");
        browser.until("document.querySelectorAll('#hops canvas').length > 3");
        Pictures.take(browser, "latency");
        browser.press("2");
        browser.until("document.querySelector('#rows .row')");
        Pictures.take(browser, "symbols");
    }

    /** What the browser complains of, but for the wrong token, which it calls a fault, too. */
    private static List<String> refusals(final Browser browser) {
        return browser.faults().stream().filter(fault -> !fault.contains("401")).toList();
    }

    private static long foundNs(final LiveRig rig, final int mark) {
        return rig.since(mark).stream()
                .filter(seen -> seen.edge() == Edge.OPEN && seen.key().equals(KEY))
                .mapToLong(LiveRig.Seen::atNs)
                .findFirst()
                .orElse(0);
    }
}
