package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run with known values in every secret that the configuration knows, half of them from the
 * environment, half from files, all of them wrong, at servers that refuse and say back what they
 * were told. Nothing that the process shows may hold one of them.
 */
@Tag("servers")
class CanarySecretsTest {
    private static final String MARK = "kanary";
    private static final String TOKEN = MARK + "-http-token-0123456789";

    @TempDir private Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> shown = new LinkedHashMap<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer parrot;
    private Process process;
    private RedisProcess redis;
    private int secrets;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
        if (parrot != null) {
            parrot.stop(0);
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void appearNowhere() throws Exception {
        redis =
                new RedisProcess(
                                RedisBinary.INSTALLED.assumePresent(),
                                folder,
                                List.of("requirepass another-word"))
                        .start();
        parrot = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        parrot.createContext("/", this::repeat);
        parrot.start();
        final int port = PlumblineProcess.freePort();
        final Path config = folder.resolve("plumbline.yaml");
        Files.writeString(config, yaml(port));
        shown.put("check-config", checked(config));
        process =
                PlumblineProcess.start(
                        folder, "log", environment, "run", "--config", config.toString());
        Await.until("an answer", 60, () -> answers(port), this::log);
        Await.until(
                "every channel to have failed",
                60,
                () ->
                        List.of("/v2/enqueue", "/api/v2/alerts", "/twice", "/hook", "/hubs")
                                .stream()
                                .allMatch(
                                        end -> asked.stream().anyMatch(path -> path.contains(end))),
                asked::toString);
        look(port);
        process.destroy();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), this::log);
        shown.put("log", log());
        lookIntoFiles(folder.resolve("data"));
        shown.put("alert bodies", String.join("\n", bodies));

        assertTrue(secrets >= 16, secrets + " secrets were planted");
        assertTrue(shown.size() > 30, shown.keySet().toString());
        shown.forEach((what, text) -> assertTrue(!text.isEmpty(), what + " is empty"));
        final List<String> found = new ArrayList<>();
        shown.forEach(
                (what, text) -> {
                    final Matcher canary =
                            Pattern.compile(".{0,80}" + MARK + ".{0,40}").matcher(text);
                    if (canary.find()) {
                        found.add(what + ": " + canary.group());
                    }
                });
        System.out.println(
                secrets
                        + " secrets planted, "
                        + shown.size()
                        + " things looked at, "
                        + shown.values().stream().mapToLong(String::length).sum()
                        + " characters, "
                        + found.size()
                        + " hits");
        assertEquals(List.of(), found);
        assertEquals(List.of(), echoes());
    }

    /** Alerts about an alert that was refused, which were refused: nobody is told of those. */
    private List<String> echoes() {
        final String kind = "DELIVERY_FAILED";
        return log().lines()
                .filter(line -> line.contains(kind + " event"))
                .filter(line -> line.indexOf(kind) != line.lastIndexOf(kind))
                .toList();
    }

    /** Refuses, and says back all that it was told: no error message may be made of that. */
    private void repeat(final HttpExchange exchange) throws IOException {
        final String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        // The integration key stands in PagerDuty's body: that is where it belongs.
        asked.add(exchange.getRequestURI().getPath());
        bodies.add(body.replaceAll("\"routing_key\":\"[^\"]*\"", ""));
        final StringBuilder answer = new StringBuilder(exchange.getRequestURI() + "\n" + body);
        exchange.getRequestHeaders()
                .forEach((name, values) -> answer.append(name).append(values).append('\n'));
        final byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        final int status = exchange.getRequestURI().getPath().contains("twice") ? 400 : 500;
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String checked(final Path config) throws Exception {
        process =
                PlumblineProcess.start(
                        folder, "checked", environment, "check-config", config.toString());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        final String said = Files.readString(folder.resolve("checked"));
        assertEquals(0, process.exitValue(), said.replace(MARK, "..."));
        return said;
    }

    private void look(final int port) throws Exception {
        final Set<String> paths = new LinkedHashSet<>(List.of("/nothing", "/api/symbols?venu=x"));
        final Matcher links =
                Pattern.compile("href=\"(/[^\"]*)\"").matcher(get(port, "/api", TOKEN));
        while (links.find()) {
            paths.add(links.group(1));
        }
        for (final String path : paths) {
            shown.put("GET " + path, get(port, path, TOKEN));
            shown.put("a stranger's GET " + path, get(port, path, TOKEN + "x"));
        }
        final String pid = Long.toString(process.pid());
        shown.put("argv", Files.readString(Path.of("/proc", pid, "cmdline")));
        final Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        final Process dump =
                new ProcessBuilder(jcmd.toString(), pid, "Thread.print")
                        .redirectErrorStream(true)
                        .start();
        shown.put(
                "thread dump",
                new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private void lookIntoFiles(final Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) > 0) {
                    shown.put(
                            data.relativize(file).toString(),
                            Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    /** The head and the first part of the body: streams do not end. */
    private String get(final int port, final String path, final String token) throws Exception {
        final HttpResponse<InputStream> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Authorization", "Bearer " + token)
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            return answer.statusCode()
                    + " "
                    + answer.headers().map()
                    + "\n"
                    + new String(
                            path.endsWith("/stream") ? body.readNBytes(64) : body.readAllBytes(),
                            StandardCharsets.UTF_8);
        }
    }

    private boolean answers(final int port) {
        try {
            return get(port, "/health", TOKEN).startsWith("200");
        } catch (final Exception notYet) {
            return false;
        }
    }

    /** A secret in the environment. */
    private String env(final String what) {
        final String name = "CANARY_" + secrets++;
        environment.put(name, MARK + "-" + what + "-env");
        return "${" + name + "}";
    }

    /** A secret in a file of its own. */
    private String file(final String what) throws IOException {
        final Path file = folder.resolve("secret-" + secrets++);
        Files.writeString(file, MARK + "-" + what + "-file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return "${file:" + file + "}";
    }

    private String yaml(final int port) throws IOException {
        final String stub = "http://127.0.0.1:" + parrot.getAddress().getPort();
        final String redisAt = "127.0.0.1:" + redis.port();
        final String keys = "keys: [{pattern: \"NAME:{symbol}\", venue: binance-usdm}]";
        environment.put("CANARY_TOKEN", TOKEN);
        environment.put("CANARY_URI", "redis://default:" + MARK + "-uri@" + redisAt);
        environment.put("CANARY_SLACK", stub + "/" + MARK + "-slack/twice");
        environment.put("CANARY_HOOK", stub + "/hook?key=" + MARK + "-hook");
        environment.put("CANARY_RESOLVE", stub + "/" + MARK + "-resolve");
        secrets += 5;
        return "monitor: {dataDirectory: \""
                + folder.resolve("data")
                + "\"}\nproviders:\n  - {name: house, kind: json, url: \""
                + stub.replace("http", "ws")
                + "\", symbols: {template: \"{base}-{quote}\"},\n     subscribe: [{send:"
                + " '{\"op\":\"subscribe\",\"symbol\":\"{symbol}\",\"key\":\""
                + env("provider")
                + "\"}'}],\n     messages: [{channel: trade, when: {type: trade}, symbol: s, price:"
                + " p}]}\n"
                + "venues:\n"
                + "  - {name: binance-usdm, endpoint: \"ws://127.0.0.1:1\", rest: none, symbols:"
                + " [\"BTC/USDT:USDT\"]}\n"
                + "  - {name: projectx, endpoint: \""
                + stub.replace("http", "ws")
                + "\", rest: \""
                + stub
                + "\", symbols: [CON.F.US.EP.U26], token: \""
                + file("venue")
                + "\"}\n"
                + "  - {name: house, symbols: [BTC/USDT]}\n"
                + "redis:\n"
                + "  - {name: one, uri: \"redis://"
                + redisAt
                + "\", password: \""
                + file("redis")
                + "\", "
                + keys.replace("NAME", "a")
                + "}\n  - {name: two, uri: \"${CANARY_URI}\", "
                + keys.replace("NAME", "b")
                + "}\n  - {name: three, sentinel: {master: m, nodes: [\""
                + redisAt
                + "\"], password: \""
                + env("sentinel")
                + "\"}, password: \""
                + env("master")
                + "\", "
                + keys.replace("NAME", "c")
                + "}\ndatabases:\n  - {name: pms, url: \"jdbc:postgresql://127.0.0.1:1/pms\", user:"
                + " pms, password: \""
                + env("database")
                + "\", every: 1s, tables: [{table: t, symbol: s, price: p, venue: binance-usdm}]}\n"
                + "gate: {redis: {uri: \"redis://"
                + redisAt
                + "\", watched: true, password: \""
                + file("gate")
                + "\"}}\nhttp: {bind: 0.0.0.0, port: "
                + port
                + ", token: \"${CANARY_TOKEN}\"}\nalerts:\n  - {type: file, path: \""
                + folder.resolve("data/alerts.ndjson")
                + "\"}\n  - {type: pagerduty, routingKey: \""
                + env("pagerduty")
                + "\", url: \""
                + stub
                + "/v2/enqueue\"}\n  - {type: alertmanager, urls: [\""
                + stub
                + "\"], headers: {Authorization: \""
                + file("alertmanager")
                + "\"}}\n  - {type: slack, url: \"${CANARY_SLACK}\"}\n"
                + "  - {type: webhook, url: \"${CANARY_HOOK}\", secret: \""
                + file("signature")
                + "\", headers: {X-Key: \""
                + env("header")
                + "\"}, resolve: {url: \"${CANARY_RESOLVE}\"}}\n"
                + "  - {type: email, host: 127.0.0.1, port: 1, user: post, password: \""
                + file("mail")
                + "\", from: a@example.org, to: [b@example.org]}\n";
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
