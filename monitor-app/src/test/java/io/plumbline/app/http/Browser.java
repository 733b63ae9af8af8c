package io.plumbline.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One page of a headless Chromium, spoken to by its DevTools protocol. It keeps every request that
 * the page makes and every error that it meets. One thread asks; closing it ends the process.
 */
public final class Browser implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/bin/chromium");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_S = 30;
    private static final long PAUSE_NS = 20_000_000L;
    private static final String PORT = "DevToolsActivePort";

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final String session;
    private volatile boolean loaded;

    /** Whether there is one on this machine. */
    public static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    /** What a test says that is skipped without one. */
    public static String absence() {
        return BINARY + " is not installed";
    }

    /**
     * Starts one.
     *
     * @param folder for its profile and its log
     */
    public Browser(final Path folder) throws IOException {
        profile = Files.createDirectories(folder.resolve("chromium"));
        process =
                new ProcessBuilder(
                                BINARY.toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("chromium.log").toFile())
                        .start();
        try {
            await("Chromium says its port", () -> Files.exists(profile.resolve(PORT)));
            await(
                    "its port is written",
                    () -> Files.readAllLines(profile.resolve(PORT)).size() > 1);
            final List<String> at = Files.readAllLines(profile.resolve(PORT));
            socket =
                    HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .buildAsync(
                                    URI.create("ws://127.0.0.1:" + at.get(0) + at.get(1)),
                                    new Frames())
                            .get(PATIENCE_S, TimeUnit.SECONDS);
            final String page = page();
            session =
                    ask(null, "Target.attachToTarget", Map.of("targetId", page, "flatten", true))
                            .path("sessionId")
                            .asText();
            for (final String domain : List.of("Page", "Runtime", "Log", "Network")) {
                ask(domain + ".enable", Map.of());
            }
        } catch (final Exception e) {
            end();
            throw new IOException("Chromium cannot be spoken to", e);
        }
    }

    private String page() throws IOException {
        for (final JsonNode target : ask(null, "Target.getTargets", Map.of()).path("targetInfos")) {
            if (target.path("type").asText().equals("page")) {
                return target.path("targetId").asText();
            }
        }
        throw new IOException("Chromium has no page");
    }

    /** How large the window is, in CSS pixels, and whether it is dark. */
    public void show(final int width, final int height, final boolean dark) throws IOException {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        ask(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        dark ? "dark" : "light"))));
    }

    /** Opens an address and waits until it is loaded. */
    public void open(final URI address) throws IOException {
        loaded = false;
        ask("Page.navigate", Map.of("url", address.toString()));
        await(address + " is loaded", () -> loaded);
    }

    /** The value of an expression in the page. */
    public JsonNode value(final String expression) throws IOException {
        final JsonNode answer =
                ask(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "returnByValue",
                                true,
                                "awaitPromise",
                                true));
        if (answer.has("exceptionDetails")) {
            throw new IOException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits until an expression in the page is true. */
    public void until(final String expression) throws IOException {
        await(expression, () -> value("Boolean(" + expression + ")").asBoolean());
    }

    /** What the element shows; "" where there is none. */
    public String text(final String selector) throws IOException {
        return value("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''").asText();
    }

    /** How many elements there are of this kind. */
    public int count(final String selector) throws IOException {
        return value("document.querySelectorAll(" + quoted(selector) + ").length").asInt();
    }

    public void click(final String selector) throws IOException {
        value("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Writes into a field as a person does. */
    public void type(final String selector, final String text) throws IOException {
        value("document.querySelector(" + quoted(selector) + ").focus()");
        ask("Input.insertText", Map.of("text", text));
    }

    /** Presses a key by its name, for example Enter or ArrowDown. */
    public void press(final String key) throws IOException {
        final String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
        ask("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", text));
        ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    private static String quoted(final String text) throws IOException {
        return JSON.writeValueAsString(text);
    }

    /** What is seen, as PNG. */
    public byte[] picture() throws IOException {
        return Base64.getDecoder()
                .decode(
                        ask("Page.captureScreenshot", Map.of("format", "png"))
                                .path("data")
                                .asText());
    }

    /** Exceptions of scripts, and errors that the browser logged (a refused policy, a failure). */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Every address that was asked for, the pages themselves included. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private JsonNode ask(final String method, final Map<String, ?> parameters) throws IOException {
        return ask(session, method, parameters);
    }

    private JsonNode ask(final String within, final String method, final Map<String, ?> parameters)
            throws IOException {
        final int id = number.incrementAndGet();
        final ObjectNode question = JSON.createObjectNode().put("id", id).put("method", method);
        question.set("params", JSON.valueToTree(parameters));
        if (within != null) {
            question.put("sessionId", within);
        }
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            socket.sendText(question.toString(), true).get(PATIENCE_S, TimeUnit.SECONDS);
            final JsonNode got = answer.get(PATIENCE_S, TimeUnit.SECONDS);
            if (got.has("error")) {
                throw new IOException(method + ": " + got.path("error"));
            }
            return got.path("result");
        } catch (final IOException e) {
            throw e;
        } catch (final Exception e) {
            throw new IOException(method + " got no answer", e);
        }
    }

    private void onMessage(final JsonNode message) {
        if (message.has("id")) {
            final CompletableFuture<JsonNode> of = asked.remove(message.path("id").asInt());
            if (of != null) {
                of.complete(message);
            }
            return;
        }
        final JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded = true;
            case "Runtime.exceptionThrown" ->
                    faults.add(parameters.path("exceptionDetails").toString());
            case "Log.entryAdded" -> {
                if (parameters.path("entry").path("level").asText().equals("error")) {
                    faults.add(parameters.path("entry").path("text").asText());
                }
            }
            case "Network.requestWillBeSent" ->
                    requests.add(parameters.path("request").path("url").asText());
            default -> {}
        }
    }

    /** Puts the pieces of each message together. */
    private final class Frames implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(
                final WebSocket from, final CharSequence part, final boolean last) {
            text.append(part);
            if (last) {
                try {
                    onMessage(JSON.readTree(text.toString()));
                } catch (final IOException e) {
                    faults.add("no JSON from the browser: " + e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(final String what, final Condition condition) throws IOException {
        final long startNs = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - startNs > TimeUnit.SECONDS.toNanos(PATIENCE_S)) {
                throw new IOException("waited " + PATIENCE_S + " s in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void end() {
        final List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (final ProcessHandle one : all) {
            try {
                one.onExit().get(5, TimeUnit.SECONDS);
            } catch (final Exception e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        end();
        // Its profile is of no use, and JUnit's own clean-up trips over the links in it.
        try (Stream<Path> within = Files.walk(profile)) {
            for (final Path one : within.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
