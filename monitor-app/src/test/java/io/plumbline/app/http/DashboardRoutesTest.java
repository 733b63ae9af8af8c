package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a person opens, and what it lives on. */
class DashboardRoutesTest extends HttpBench {
    @Test
    void shouldShowAnIndexWithEveryRouteAndNothingThatRuns() throws Exception {
        server.monitor.status = Health.Status.DEGRADED;
        final HttpResponse<String> index = get("/api");
        assertEquals("text/html; charset=utf-8", index.headers().firstValue("content-type").get());
        for (final String route : ROUTES) {
            assertTrue(index.body().contains("<a href=\"" + route + "\">"), route);
        }
        assertTrue(index.body().contains("DEGRADED"));
        assertTrue(index.body().contains("&lt;script&gt;"), "escaped");
        assertFalse(index.body().contains("<script"));
    }

    /** All that the page loads is served, and nothing of it stands in the page itself. */
    @Test
    void shouldServeTheDashboard() throws Exception {
        final String page = get("/").body();
        final Matcher loads = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page);
        int found = 0;
        while (loads.find()) {
            assertEquals(200, get(loads.group(1)).statusCode(), loads.group(1));
            found++;
        }
        assertEquals(10, found);
        assertFalse(page.contains("style=\""), "the content security policy would drop it");
        assertFalse(Pattern.compile("<script(?! src=)").matcher(page).find());
        assertFalse(page.contains("onclick"));
        assertTrue(get("/web/uplot.js").body().contains("uPlot"));
    }

    @Test
    void shouldStreamTheOverviewAndAWindowOfSymbols() throws Exception {
        try (RawClient stream = server.client()) {
            stream.get("/api/stream?sort=name&from=1&count=1&search=usdt");
            final String told = stream.readUntil("]}\n\n") + stream.readUntil("]}\n\n");
            final JsonNode overview = data(told, "overview");
            assertEquals("UP", overview.get("status").asText());
            assertEquals("CAUTION", overview.get("gate").get("state").asText());
            assertEquals(1, overview.get("gate").get("OPEN").asInt());
            assertEquals(3, overview.get("dependencies").size());
            final JsonNode rows = data(told, "rows");
            assertEquals(2, rows.get("total").asInt());
            assertEquals(1, rows.get("from").asInt());
            assertEquals(1, rows.get("rows").size());
            assertEquals("ETH/USDT:USDT", rows.get("rows").get(0).get("instrument").asText());
            assertEquals("CLOSED", rows.get("rows").get(0).get("gate").asText(), "not in the gate");
        }
        for (final String wrong : List.of("sort=x", "count=201", "from=-1", "other=1")) {
            assertEquals(400, get("/api/stream?" + wrong).statusCode(), wrong);
        }
    }

    private static JsonNode data(final String events, final String name) throws Exception {
        final String mark = "event: " + name + "\ndata: ";
        final int from = events.indexOf(mark) + mark.length();
        return MAPPER.readTree(events.substring(from, events.indexOf('\n', from)));
    }

    @Test
    void shouldTellTheTrendOfAKey() throws Exception {
        assertEquals(
                "200 {\"ms\":[1795435199123,1795435200123],\"reference\":[null,\"1.50\"],"
                        + "\"redis\":[\"1.5\",\"1.5\"],\"lagNs\":[0,7]}",
                plain("/api/trend?key=pms:price:BTC"));
        assertEquals(404, get("/api/trend?key=x").statusCode());
    }
}
