package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes something: who may, in which form, and what it becomes. */
class OrdersTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String SILENCE =
            "{\"matchers\":{\"kind\":\"PRICE_*\",\"symbol\":[\"BTC/*\",\"ETH/*\"]},\"minutes\":5,"
                    + "\"by\":\"ann\",\"comment\":\"deploy\"}";
    private static final String BEARER = "Authorization: Bearer " + TOKEN;
    private static final String JSON = "Content-Type: application/json";

    private RunningServer server;
    private final FakeControls desk = new FakeControls();

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(HttpRoutesTest.unpaced(), "127.0.0.1", TOKEN);
        server.monitor.controls = desk;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String post(final String target, final String body, final String... headers)
            throws IOException {
        final StringBuilder text = new StringBuilder("POST " + target + " HTTP/1.1\r\n");
        text.append("Host: localhost:").append(server.port()).append("\r\n");
        text.append("Connection: close\r\nContent-Length: ").append(body.length()).append("\r\n");
        for (final String header : headers) {
            text.append(header).append("\r\n");
        }
        try (RawClient client = server.client()) {
            final String answer = client.send(text + "\r\n" + body).readToEnd();
            return RawClient.statuses(answer).get(0)
                    + " "
                    + answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private String get(final String target) throws IOException {
        try (RawClient client = server.client()) {
            final String answer = client.get(target).readAnswer();
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    @Test
    void shouldTakeOrdersOfWhoeverShowsTheToken() throws IOException {
        assertEquals(
                "201 {\"done\":true,\"id\":\"a1\"}", post("/api/silences", SILENCE, BEARER, JSON));
        assertEquals("200 {\"done\":true}", post("/api/silences/a1/expire", "", BEARER, JSON));
        assertEquals(
                "200 {\"done\":true}",
                post(
                        "/api/cases/price%7Cspot%7CBTC%2FUSDT%7Ck/ack",
                        "{\"by\":\"bob\",\"note\":\"looking\"}",
                        BEARER,
                        JSON + "; charset=utf-8",
                        "Origin: http://localhost:" + server.port(),
                        "Sec-Fetch-Site: same-origin"));
        assertEquals(
                List.of(
                        "silence NewSilence[matchers=Matchers[kinds=[PRICE_*], venues=[],"
                                + " symbols=[BTC/*, ETH/*], sources=[]], by=ann, comment=deploy,"
                                + " lengthNs=300000000000]",
                        "expire a1",
                        "ack price|spot|BTC/USDT|k bob looking"),
                desk.asked);
    }

    @Test
    void shouldRefuseWhoeverMayNot() throws IOException {
        final String own = "Origin: http://localhost:" + server.port();
        final List<String> refused = new ArrayList<>();
        for (final String[] headers :
                new String[][] {
                    {JSON},
                    {JSON, "Authorization: Bearer " + TOKEN + "x"},
                    {JSON, "Authorization: Basic " + TOKEN},
                    {JSON, BEARER, BEARER},
                    {BEARER},
                    {BEARER, "Content-Type: text/plain"},
                    {BEARER, "Content-Type: application/x-www-form-urlencoded"},
                    {BEARER, JSON, "Origin: http://evil.example"},
                    {BEARER, JSON, "Origin: null"},
                    {BEARER, JSON, own, own},
                    {BEARER, JSON, "Sec-Fetch-Site: cross-site"}
                }) {
            refused.add(post("/api/silences", SILENCE, headers).substring(0, 3));
        }
        assertEquals(
                List.of(
                        "401", "401", "401", "401", "415", "415", "415", "403", "403", "403",
                        "403"),
                refused);
        assertEquals(List.of(), desk.asked);
    }

    @Test
    void shouldSayTheRemedyWithoutAToken() {
        final OrderRules nobody = new OrderRules(new Access("", false));
        final var request =
                new io.netty.handler.codec.http.DefaultHttpRequest(
                        io.netty.handler.codec.http.HttpVersion.HTTP_1_1,
                        io.netty.handler.codec.http.HttpMethod.POST,
                        "/api/silences");
        request.headers().set("Host", "localhost").set("Authorization", "Bearer ");
        assertEquals(Refusal.NO_TOKEN, nobody.refusal(request));
        final Answer answer = Refusal.NO_TOKEN.answer();
        assertEquals(403, answer.status().code());
        assertTrue(new String(answer.body()).contains("set http.token"));
    }

    @Test
    void shouldTakeNoMoreThanItsLength() throws IOException {
        final String full = SILENCE + " ".repeat(OrderRules.BODY_BYTES - SILENCE.length());
        assertEquals("201", post("/api/silences", full, BEARER, JSON).substring(0, 3));
        assertEquals("413", post("/api/silences", full + " ", BEARER, JSON).substring(0, 3));
        try (RawClient client = server.client()) {
            final String chunked =
                    "POST /api/silences HTTP/1.1\r\nHost: localhost\r\n"
                            + BEARER
                            + "\r\n"
                            + JSON
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
            assertEquals(List.of(411), RawClient.statuses(client.send(chunked).readToEnd()));
        }
    }

    @Test
    void shouldKeepNothingThatAStrangerSends() throws IOException {
        final String full = " ".repeat(OrderRules.BODY_BYTES + 1);
        assertEquals("413", post("/api/silences", full, JSON).substring(0, 3));
        try (RawClient client = server.client()) {
            final String chunked =
                    "POST /api/silences HTTP/1.1\r\nHost: localhost\r\n"
                            + JSON
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n \r\n";
            assertEquals(
                    List.of(411),
                    RawClient.statuses(client.send(chunked).readToEnd()),
                    "at once, not after a last chunk that never comes");
        }
    }

    @Test
    void shouldKeepTheConnectionAndSayGoOn() throws IOException {
        try (RawClient client = server.client()) {
            client.send(
                    "POST /api/silences HTTP/1.1\r\nHost: localhost\r\n"
                            + BEARER
                            + "\r\n"
                            + JSON
                            + "\r\nExpect: 100-continue\r\nContent-Length: "
                            + SILENCE.length()
                            + "\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readUntil("\r\n\r\n"));
            final String answer = client.send(SILENCE).readAnswer();
            assertEquals(List.of(201), RawClient.statuses(answer));
            assertEquals(List.of(200), RawClient.statuses(client.get("/health").readAnswer()));
        }
    }

    @Test
    void shouldTurnAStrangerAwayBeforeTheBody() throws IOException {
        try (RawClient client = server.client()) {
            client.send(
                    "POST /api/silences HTTP/1.1\r\nHost: localhost\r\n"
                            + "Authorization: Bearer wrong\r\n"
                            + JSON
                            + "\r\nExpect: 100-continue\r\nContent-Length: "
                            + SILENCE.length()
                            + "\r\n\r\n");
            assertEquals(List.of(401), RawClient.statuses(client.readToEnd()));
        }
        assertEquals(List.of(), desk.asked);
    }

    @Test
    void shouldSayWhichMethodsThereAre() throws IOException {
        try (RawClient client = server.client()) {
            final String put = "PUT /api/silences HTTP/1.1\r\nHost: localhost\r\n\r\n";
            final String both = client.send(put).readAnswer();
            assertTrue(both.toLowerCase(Locale.ROOT).contains("allow: get, head, post\r\n"), both);
            assertTrue(both.contains("405"), both);
            final String only = client.get("/api/silences/a1/expire").readAnswer();
            assertEquals(List.of(405), RawClient.statuses(only));
            assertTrue(only.toLowerCase(Locale.ROOT).contains("allow: post\r\n"), only);
        }
    }

    @Test
    void shouldSayWhichMethodsThereAreBeforeABodyToo() throws IOException {
        try (RawClient client = server.client()) {
            client.send(
                    "PUT /api/silences HTTP/1.1\r\n"
                            + "Host: localhost\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            final String told = client.readToEnd();
            assertEquals(List.of(405), RawClient.statuses(told));
            assertTrue(told.toLowerCase(Locale.ROOT).contains("allow: get, head, post\r\n"), told);
        }
    }

    @Test
    void shouldSayWhatABodyMustBeAndNeverWhatItWas() throws IOException {
        final List<String> said = new ArrayList<>();
        for (final String body :
                List.of(
                        "",
                        "{\"<b>\":1}",
                        "[1]",
                        "{\"by\":",
                        SILENCE + "{}",
                        SILENCE.replace("PRICE_*", "<script>"),
                        SILENCE.replace("5", "0"),
                        SILENCE.replace("5", "43201"),
                        SILENCE.replace("5", "\"5\""),
                        SILENCE.replace("ann", ""),
                        SILENCE.replace("deploy", "a\\nb"),
                        SILENCE.replace("deploy", "x".repeat(501)),
                        "{\"matchers\":{},\"minutes\":5,\"by\":\"a\",\"comment\":\"b\"}",
                        "[".repeat(1_000))) {
            final String answer = post("/api/silences", body, BEARER, JSON);
            assertFalse(answer.contains("<"), answer);
            said.add(answer.substring(0, 3));
        }
        assertEquals(java.util.Collections.nCopies(14, "400"), said);
        assertEquals(List.of(), desk.asked);
    }

    @Test
    void shouldSayHowItEnded() throws IOException {
        desk.result = Controls.Result.UNKNOWN;
        assertEquals(
                "404 {\"error\":\"no such case or silence stands\"}",
                post("/api/silences/zz/expire", "", BEARER, JSON));
        desk.result = Controls.Result.TOO_MANY;
        assertEquals("409", post("/api/silences", SILENCE, BEARER, JSON).substring(0, 3));
        server.monitor.controls = Controls.NONE;
        assertEquals("503", post("/api/silences", SILENCE, BEARER, JSON).substring(0, 3));
        assertEquals("405", post("/api/silences/zz", "", BEARER, JSON).substring(0, 3));
    }

    @Test
    void shouldShowWhatIsSilencedAndByWhom() throws IOException {
        final JsonNode shown = new ObjectMapper().readTree(get("/api/silences"));
        assertEquals("a1", shown.at("/silences/0/id").asText());
        assertEquals("PRICE_*", shown.at("/silences/0/matchers/kind/0").asText());
        assertEquals(FakeMonitor.HOSTILE, shown.at("/silences/0/comment").asText());
        assertEquals("2026-11-23T12:01:00.123456789Z", shown.at("/silences/0/until").asText());
        assertTrue(shown.at("/maintenance/0/open").asBoolean());
        final JsonNode one =
                new ObjectMapper()
                        .readTree(get("/api/cases/price%7Cbinance-spot%7CBTC%2FUSDT%7Ck"));
        assertEquals("PRICE_WRONG", one.get("kind").asText());
        assertTrue(one.get("timeline").isArray());
        assertEquals("{\"error\":\"no such case is open\"}", get("/api/cases/none"));
    }

    @Test
    void marksOfACase() {
        final CaseView taken =
                new CaseView(
                        "f",
                        FindingKind.PRICE_WRONG,
                        Severity.HIGH,
                        "OPEN",
                        "v",
                        "i",
                        "k",
                        1,
                        2,
                        3,
                        "",
                        "text",
                        "maintenance:weekly",
                        "PAGED",
                        true,
                        "ann",
                        7,
                        "looking",
                        List.of(new CaseView.Moment(1, "OPENED", "")));
        final Json json = new Json();
        CaseJson.whole(json, taken);
        assertTrue(
                json.toString()
                        .contains(
                                "\"silencedBy\":\"maintenance:weekly\",\"marks\":[\"SUPPRESSED\","
                                        + "\"FLAPPING\",\"ACKNOWLEDGED\"],\"pager\":\"PAGED\""),
                json.toString());
        assertTrue(json.toString().contains("\"acknowledged\":{\"by\":\"ann\""), json.toString());
    }
}
