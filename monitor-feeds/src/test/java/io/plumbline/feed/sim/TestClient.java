package io.plumbline.feed.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A client on the JDK's own WebSocket: the third implementation across this wire. */
final class TestClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> received = new CopyOnWriteArrayList<>();
    final AtomicInteger pings = new AtomicInteger();
    final AtomicInteger pongs = new AtomicInteger();
    volatile boolean closed;
    volatile int closeCode;
    volatile String closeReason = "";

    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    static TestClient connect(final URI base, final String path) {
        final TestClient client = new TestClient();
        client.socket =
                HTTP.newWebSocketBuilder().buildAsync(URI.create(base + path), client).join();
        return client;
    }

    TestClient send(final String text) {
        socket.sendText(text, true).join();
        return this;
    }

    TestClient ping() {
        socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
        return this;
    }

    /** Subscribes and waits for the acknowledgement, so that later frames are sure to come. */
    TestClient subscribe(final String... streams) {
        final int before = answers();
        send(
                "{\"method\":\"SUBSCRIBE\",\"params\":[\""
                        + String.join("\",\"", streams)
                        + "\"],\"id\":1}");
        Await.until("an acknowledgement", () -> answers() > before);
        return this;
    }

    private int answers() {
        return (int) received.stream().filter(text -> text.startsWith("{\"result\"")).count();
    }

    /** The payloads of data frames of this stream, in order, wrapped or not. */
    List<String> data(final String stream) {
        final String head = "{\"stream\":\"" + stream + "\",\"data\":";
        return received.stream()
                .filter(text -> text.startsWith(head))
                .map(text -> text.substring(head.length(), text.length() - 1))
                .toList();
    }

    static JsonNode json(final String text) {
        try {
            return JSON.readTree(text);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(text, unreadable);
        }
    }

    @Override
    public CompletionStage<?> onText(
            final WebSocket from, final CharSequence data, final boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(
            final WebSocket from, final ByteBuffer data, final boolean last) {
        received.add("bytes " + StandardCharsets.UTF_8.decode(data));
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(final WebSocket from, final ByteBuffer message) {
        pings.incrementAndGet();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(final WebSocket from, final ByteBuffer message) {
        pongs.incrementAndGet();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(final WebSocket from, final int code, final String reason) {
        closeCode = code;
        closeReason = reason;
        closed = true;
        return null;
    }

    @Override
    public void onError(final WebSocket from, final Throwable failure) {
        closed = true;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
