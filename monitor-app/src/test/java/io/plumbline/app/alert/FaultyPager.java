package io.plumbline.app.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pager of a bad day: takes events, says 429 with a Retry-After or 500, says nothing, or resets
 * the connection before or after it has read, as its seed will have it.
 */
final class FaultyPager implements AutoCloseable {
    /** One event that came whole. */
    record Event(String id, String key, String action, String episode, boolean taken) {}

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    final List<Event> events = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final SplittableRandom random;

    FaultyPager(final long seed) throws IOException {
        random = new SplittableRandom(seed);
        server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Alerts.THREADS.start("pager", this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v2/enqueue");
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                final Socket socket = server.accept();
                final int chance = random.nextInt(100);
                Alerts.THREADS.start("pager", () -> serve(socket, chance));
            } catch (final IOException e) {
                return;
            }
        }
    }

    /** A killed client looks like a broken connection, and is none of the pager's business. */
    private void serve(final Socket socket, final int chance) {
        try (socket) {
            if (chance < 8) {
                socket.setSoLinger(true, 0);
                return;
            }
            final String body = body(socket.getInputStream());
            if (body == null) {
                return;
            }
            final JsonNode event = new ObjectMapper().readTree(body);
            final boolean taken = chance >= 40;
            events.add(
                    new Event(
                            event.at("/payload/custom_details/id").asText(),
                            event.get("dedup_key").asText(),
                            event.get("event_action").asText(),
                            event.at("/payload/custom_details/episode").asText(),
                            taken));
            if (chance < 16) {
                socket.setSoLinger(true, 0);
            } else if (chance < 20) {
                while (socket.getInputStream().read() >= 0) {
                    Thread.onSpinWait();
                }
            } else {
                final String status =
                        taken
                                ? "202 Accepted"
                                : chance < 30
                                        ? "429 Too Many Requests\r\nRetry-After: "
                                                + (chance == 20 ? 1 : 0)
                                        : "500 Internal Server Error";
                final String answer =
                        "HTTP/1.1 "
                                + status
                                + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (final IOException e) {
            return;
        }
    }

    private static String body(final InputStream in) throws IOException {
        final ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            final int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        final Matcher length = LENGTH.matcher(head.toString(StandardCharsets.US_ASCII));
        if (!length.find()) {
            return null;
        }
        final byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
        return body.length < Integer.parseInt(length.group(1))
                ? null
                : new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
