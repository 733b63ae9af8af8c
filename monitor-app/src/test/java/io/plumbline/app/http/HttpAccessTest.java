package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may ask a server that listens beyond loopback, and from which pages. */
class HttpAccessTest {
    private static final String TOKEN = "correct-horse-battery-staple";
    private static final String BEARER = "Authorization: Bearer " + TOKEN;
    private static final String BROWSER = "Accept: text/html,application/xhtml+xml";

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new RunningServer(HttpLimits.STANDARD.perAddress(64, 100_000), "0.0.0.0", TOKEN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldAnswerNobodyWithoutTheToken() throws IOException {
        for (final Route route : Routes.of(server.monitor).all()) {
            final boolean forLogin =
                    List.of("/web/login.js", "/web/app.css", "/web/icon.svg")
                            .contains(route.path());
            assertEquals(forLogin ? 200 : 401, status(route.path()), route.path());
        }
        assertEquals(401, status("/nothing"));
        final String told = get("/api/gate");
        assertTrue(told.contains("www-authenticate: Bearer\r\n"), told);
        assertTrue(told.endsWith("send Authorization: Bearer TOKEN\"}"), told);
    }

    @Test
    void shouldAnswerWhoHasTheToken() throws IOException {
        assertEquals(200, status("/api/gate", BEARER));
        assertEquals(200, status("/api/gate", "Authorization: bearer   " + TOKEN + " "));
        for (final String wrong :
                List.of(
                        "Authorization: Bearer " + TOKEN + "x",
                        "Authorization: Bearer " + TOKEN.substring(1),
                        "Authorization: Bearer ",
                        "Authorization: Basic " + TOKEN,
                        "Authorization: " + TOKEN,
                        BEARER + "\r\n" + BEARER,
                        "Cookie: plumbline-1=" + TOKEN,
                        "Cookie: plumbline-1=99999999999." + TOKEN)) {
            assertEquals(401, status("/api/gate", wrong), wrong);
        }
        assertEquals(401, status("/api/gate?token=" + TOKEN));
    }

    @Test
    void shouldGiveABrowserACookieThatNoScriptReads() throws IOException {
        final String page = get("/", BROWSER);
        assertTrue(page.startsWith("HTTP/1.1 401 "), page);
        assertTrue(page.contains("src=\"/web/login.js\""), page);
        assertEquals(401, statusOf(login("Authorization: Bearer wrong")));
        assertEquals(401, statusOf(login("X: y")));

        final String answer = login(BEARER);
        assertEquals(204, statusOf(answer));
        final Matcher cookie =
                Pattern.compile("set-cookie: (plumbline-\\d+=[^;]+); (.*)\r\n").matcher(answer);
        assertTrue(cookie.find(), answer);
        assertEquals("Path=/; Max-Age=43200; HttpOnly; SameSite=Strict", cookie.group(2));
        assertFalse(answer.contains(TOKEN), answer);
        final String sent = "Cookie: other=1; " + cookie.group(1);
        assertEquals(200, status("/", BROWSER, sent));
        assertEquals(200, status("/api/gate", sent));
        final String value = cookie.group(1);
        final char last = value.charAt(value.length() - 5);
        assertEquals(
                401,
                status(
                        "/api/gate",
                        "Cookie: "
                                + value.substring(0, value.length() - 5)
                                + (last == 'A' ? 'B' : 'A')
                                + value.substring(value.length() - 4)));
        final int dot = value.indexOf('.');
        final char second = value.charAt(dot - 1);
        assertEquals(
                401,
                status(
                        "/api/gate",
                        "Cookie: "
                                + value.substring(0, dot - 1)
                                + (second == '9' ? '8' : '9')
                                + value.substring(dot)));
    }

    @Test
    void shouldForgetACookieAfterItsTime() {
        final Access access = new Access(TOKEN, true);
        final String cookie = access.cookie(8_080, FakeMonitor.NOW_NS);
        final HttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/api/gate");
        request.headers().set("Cookie", cookie.substring(0, cookie.indexOf(';')));
        final long hour = 3_600_000_000_000L;
        assertTrue(access.admits(request, "/api/gate", FakeMonitor.NOW_NS + 11 * hour));
        assertFalse(access.admits(request, "/api/gate", FakeMonitor.NOW_NS + 12 * hour));
        assertFalse(
                new Access(TOKEN, true).admits(request, "/api/gate", FakeMonitor.NOW_NS),
                "nor after a restart");
        assertFalse(access.bearer(request), "a cookie changes nothing");
    }

    @Test
    void shouldHaveNoTokenThatIsEmpty() {
        final Access none = new Access("", true);
        final HttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.headers().set("Authorization", "Bearer ");
        assertFalse(none.bearer(request));
    }

    @Test
    void shouldRefuseWhatOtherSitesPagesAskFor() throws IOException {
        for (final String own :
                List.of(
                        "http://localhost",
                        "HTTP://LOCALHOST",
                        "https://localhost",
                        "https://monitor.example",
                        "https://monitor.example:8443")) {
            assertEquals(200, status("/api/gate", BEARER, "Origin: " + own), own);
        }
        for (final String other :
                List.of(
                        "null",
                        "",
                        "http://localhost:3000",
                        "http://127.0.0.1",
                        "https://evil.example",
                        "https://monitor.example.evil.example",
                        "https://evil.example/monitor.example",
                        "https://monitor.example:80@evil.example",
                        "file://localhost",
                        "http://localhost\r\nOrigin: http://localhost")) {
            assertEquals(403, status("/api/gate", BEARER, "Origin: " + other), other);
        }
        assertEquals(403, statusOf(login(BEARER, "Origin: https://evil.example")));
    }

    /** Not a byte of what was sent comes back, whatever is wrong with it. */
    @Test
    void shouldRepeatNothing() throws IOException {
        final String canary = "kZ9canaryQ";
        final List<String> answers = new ArrayList<>();
        for (final Route route : Routes.of(server.monitor).all()) {
            final String path = route.path();
            if (path.endsWith("/stream")) {
                continue;
            }
            answers.add(get(path + canary, BEARER));
            answers.add(get(path + "?" + canary + "=1", BEARER));
            for (final String parameter : route.names()) {
                answers.add(get(path + "?" + parameter + "=" + canary, BEARER));
            }
        }
        answers.add(get("/" + canary, "Host: " + canary));
        answers.add(get("/api/gate", "Origin: http://" + canary));
        answers.add(get("/api/gate", "Authorization: Bearer " + canary));
        answers.add(get("/api/gate", BROWSER, "Cookie: " + canary + "=" + canary));
        answers.add(
                ask(
                        canary
                                + " /api/gate HTTP/1.1\r\n"
                                + "Connection: close\r\n"
                                + "Host: localhost\r\n\r\n"));
        answers.add(ask("GET /api/gate " + canary + "\r\nHost: localhost\r\n\r\n"));
        answers.add(ask("GET /api/gate HTTP/1.1\r\nHost: localhost\r\n" + canary + "\r\n\r\n"));
        assertTrue(answers.size() > 50);
        answers.forEach(answer -> assertFalse(answer.contains(canary), answer));
        assertEquals(
                Collections.nCopies(answers.size(), 1),
                answers.stream().map(each -> RawClient.statuses(each).size()).toList());
    }

    private static String login(final String... headers) throws IOException {
        return ask(
                "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection:"
                        + " close\r\n"
                        + String.join("\r\n", headers)
                        + "\r\n\r\n");
    }

    private static int status(final String target, final String... headers) throws IOException {
        return statusOf(get(target, headers));
    }

    private static int statusOf(final String answer) {
        return RawClient.statuses(answer).get(0);
    }

    private static String get(final String target, final String... headers) throws IOException {
        try (RawClient client = server.client()) {
            final List<String> all = new ArrayList<>(List.of(headers));
            all.add("Connection: close");
            client.get(target, all.toArray(new String[0]));
            return client.readToEnd();
        }
    }

    private static String ask(final String request) throws IOException {
        try (RawClient client = server.client()) {
            client.send(request);
            return client.readToEnd();
        }
    }
}
