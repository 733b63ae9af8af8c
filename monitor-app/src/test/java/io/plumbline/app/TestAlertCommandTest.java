package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAlertCommandTest {
    private final Terminal terminal = new Terminal();
    private final List<String> posted = Collections.synchronizedList(new ArrayList<>());

    @TempDir private Path folder;

    private HttpServer receiver;
    private volatile int answer = 204;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    final byte[] body = exchange.getRequestBody().readAllBytes();
                    posted.add(new ObjectMapper().readTree(body).get("action").asText());
                    exchange.sendResponseHeaders(answer, -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private Path config(final String alerts) throws IOException {
        return Files.writeString(
                folder.resolve("config.yaml"),
                "monitor: {name: desk-1, dataDirectory: \""
                        + folder
                        + "\"}\nvenues: [{name: binance-usdm, symbols: [\"BTC/USDT:USDT\"]}]\n"
                        + alerts);
    }

    private String webhook() {
        return "{type: webhook, name: pager, url: \"http://127.0.0.1:"
                + receiver.getAddress().getPort()
                + "/hook\"}";
    }

    private String exec(final String script) {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
        return "{type: exec, name: call, command: [\"/bin/sh\", \"-c\", \"" + script + "\"]}";
    }

    private int test(final Path config, final String... more) {
        final List<Object> arguments = new ArrayList<>(List.of("test-alert", "--config", config));
        arguments.addAll(List.of(more));
        return terminal.run(arguments.toArray());
    }

    @Test
    void shouldReachEveryChannel() throws Exception {
        final Path called = folder.resolve("called.ndjson");
        final Path config =
                config(
                        "alerts: [{type: file}, "
                                + exec("cat >> " + called)
                                + ", "
                                + webhook()
                                + "]\n");
        assertEquals(ExitCode.OK, test(config), terminal.err().toString());
        assertEquals(
                List.of(
                        "file trigger: delivered",
                        "file resolve: delivered",
                        "call trigger: delivered",
                        "call resolve: delivered",
                        "pager trigger: delivered",
                        "pager resolve: delivered"),
                terminal.out());
        final List<String> both = List.of("trigger", "resolve");
        assertEquals(both, posted);
        assertEquals(both, actions(called));
        assertEquals(both, actions(folder.resolve("alerts.ndjson")));
    }

    private static List<String> actions(final Path file) throws IOException {
        final List<String> actions = new ArrayList<>();
        for (final String line : Files.readAllLines(file)) {
            final JsonNode alert = new ObjectMapper().readTree(line);
            assertTrue(alert.toString().contains("desk-1"), line);
            actions.add(alert.get("action").asText());
        }
        return actions;
    }

    @Test
    void shouldSayWhichOneFailed() throws Exception {
        answer = 404;
        final Path config =
                config(
                        "alerts: [{type: file}, "
                                + exec("echo no such pager; exit 1")
                                + ", "
                                + webhook()
                                + "]\n");
        assertEquals(ExitCode.FOUND, test(config));
        final List<String> out = terminal.out();
        assertEquals("file trigger: delivered", out.get(0));
        assertTrue(out.get(2).startsWith("call trigger: refused: "), out.toString());
        assertTrue(out.get(2).contains("no such pager"), out.toString());
        assertTrue(out.get(4).startsWith("pager trigger: refused: "), out.toString());
        assertTrue(out.get(4).contains("404"), out.toString());
        assertEquals(6, out.size());
    }

    @Test
    void shouldNotWaitForEver() throws Exception {
        answer = 503;
        assertEquals(
                ExitCode.FOUND, test(config("alerts: [" + webhook() + "]\n"), "--timeout", "2s"));
        assertTrue(terminal.out().get(0).startsWith("pager trigger: will be repeated: "));
        assertEquals("pager resolve: not tried in time", terminal.out().get(1));
    }

    @Test
    void shouldTakeOneChannelAlone() throws Exception {
        final Path config = config("alerts: [{type: file}, " + webhook() + "]\n");
        assertEquals(ExitCode.OK, test(config, "--channel", "file"));
        assertEquals(List.of("file trigger: delivered", "file resolve: delivered"), terminal.out());
        assertEquals(List.of(), posted);
        assertEquals(ExitCode.USAGE, test(config, "--channel", "phone"));
        assertEquals("no alert channel \"phone\" in " + config + ": it has file, pager", usage());
    }

    @Test
    void usageErrors() throws Exception {
        final Path config = config("");
        assertEquals(ExitCode.USAGE, test(config));
        assertEquals(
                config
                        + " configures no alerts: add some, for example `alerts: [{type: exec,"
                        + " command: [/usr/local/bin/page]}]`",
                usage());
        assertEquals(ExitCode.USAGE, test(config, "--timeout", "5"));
        assertEquals(
                "Invalid value for option '--timeout': \"5\" is no duration; write a whole number"
                        + " with a unit (ns, us, ms, s, m, h, d), for example 250ms",
                usage());
        assertEquals(ExitCode.USAGE, terminal.run("demo", "--for", "1min"));
        assertEquals(
                "Invalid value for option '--for': \"1min\" is no duration; write a whole number"
                        + " with a unit (ns, us, ms, s, m, h, d), for example 250ms",
                usage());
        assertEquals(ExitCode.USAGE, terminal.run("test-alert"));
    }

    /** The first line that is no warning of the configuration. */
    private String usage() {
        return terminal.err().stream()
                .filter(line -> !line.startsWith("warning: "))
                .findFirst()
                .orElse("");
    }
}
