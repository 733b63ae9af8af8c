package io.plumbline.bench.figure;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A venue that sends book tickers at a fixed rate over loopback, each with the time at which it was
 * to be sent ({@code "z"}, ns of the host's monotonic clock and {@link #MARK}): one that is sent
 * late because the receiver is slow counts as late. What is due at once is written at once. One
 * connection at a time, on the caller's thread.
 */
final class PacedServer implements Closeable {
    /** Added to each planned time, so that all have as many digits. */
    static final long MARK = 1_000_000_000_000_000_000L;

    /** A rate at which everything is due at once: as fast as the receiver takes it. */
    static final int FLOOD = 1_000_000_000;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MOST_AT_ONCE = 256;
    private static final long FIRST_UPDATE = 5_123_107_839_020L;
    private static final long FIRST_MS = 1_723_161_256_313L;
    private static final int UPDATES_PER_MS = 1_000;
    private static final int UPDATES_PER_MESSAGE = 3;

    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final byte[] frame =
            frame(
                    "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":"
                            + FIRST_UPDATE
                            + ",\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\","
                            + "\"a\":\"61800.30\",\"A\":\"2.510\",\"T\":"
                            + FIRST_MS
                            + ",\"E\":"
                            + FIRST_MS
                            + ",\"z\":"
                            + MARK
                            + "}}");
    private final int updateEnd = end("\"u\":");
    private final int tradedEnd = end("\"T\":");
    private final int eventEnd = end("\"E\":");
    private final int planEnd = end("\"z\":");
    private final byte[] due = new byte[MOST_AT_ONCE * frame.length];
    private long update = FIRST_UPDATE;

    PacedServer() throws IOException {}

    int port() {
        return server.getLocalPort();
    }

    /**
     * So many messages at a rate.
     *
     * @param rate a second
     */
    record Phase(int rate, long count) {}

    /** Lets one in, sends it all phases, one after the other, and waits until it has gone. */
    void serve(final List<Phase> phases) throws IOException {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            final InputStream in = socket.getInputStream();
            final OutputStream out = socket.getOutputStream();
            final String request = request(in);
            out.write(answer(request));
            if (!request.startsWith("GET /raw")) {
                // The SUBSCRIBE of our own feed, whatever it says.
                in.read(new byte[4_096]);
                out.write(frame("{\"result\":null,\"id\":1}"));
            }
            for (final Phase phase : phases) {
                send(out, phase.rate, phase.count);
            }
            while (in.read() >= 0) {
                continue;
            }
        }
    }

    private void send(final OutputStream out, final int rate, final long count) throws IOException {
        final long startNs = System.nanoTime() + SECOND_NS / 5;
        for (long sent = 0; sent < count; ) {
            final long nowNs = System.nanoTime();
            int length = 0;
            while (length < due.length && sent < count) {
                final long planNs = startNs + (long) (sent * ((double) SECOND_NS / rate));
                if (planNs > nowNs) {
                    break;
                }
                message(planNs, length);
                length += frame.length;
                sent++;
            }
            if (length == 0) {
                Thread.onSpinWait();
            } else {
                out.write(due, 0, length);
            }
        }
    }

    private void message(final long planNs, final int at) {
        update += UPDATES_PER_MESSAGE;
        final long timeMs = FIRST_MS + (update - FIRST_UPDATE) / UPDATES_PER_MS;
        System.arraycopy(frame, 0, due, at, frame.length);
        digits(update, at + updateEnd);
        digits(timeMs, at + tradedEnd);
        digits(timeMs, at + eventEnd);
        digits(MARK + planNs, at + planEnd);
    }

    /** Writes a number that ends before {@code end}. */
    private void digits(final long number, final int end) {
        int at = end;
        for (long rest = number; rest > 0; rest /= 10) {
            due[--at] = (byte) ('0' + rest % 10);
        }
    }

    /** Where the number after this key ends in {@link #frame}. */
    private int end(final String key) {
        int at = new String(frame, StandardCharsets.ISO_8859_1).indexOf(key) + key.length();
        while (frame[at] >= '0' && frame[at] <= '9') {
            at++;
        }
        return at;
    }

    private static byte[] frame(final String text) {
        final byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        final int head = payload.length > 125 ? 4 : 2;
        final byte[] frame = new byte[head + payload.length];
        frame[0] = (byte) 0x81;
        if (head == 2) {
            frame[1] = (byte) payload.length;
        } else {
            frame[1] = 126;
            frame[2] = (byte) (payload.length >>> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, head, payload.length);
        return frame;
    }

    private static String request(final InputStream in) throws IOException {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            final int c = in.read();
            if (c < 0) {
                throw new IOException("the client left before the upgrade");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static byte[] answer(final String request) throws IOException {
        final String name = "sec-websocket-key:";
        final String lower = request.toLowerCase(java.util.Locale.ROOT);
        final int at = lower.indexOf(name) + name.length();
        final String key = request.substring(at, request.indexOf('\r', at)).strip();
        try {
            final byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return ("HTTP/1.1 101 Switching Protocols\r\n"
                            + "Upgrade: websocket\r\n"
                            + "Connection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(hash)
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (final NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
