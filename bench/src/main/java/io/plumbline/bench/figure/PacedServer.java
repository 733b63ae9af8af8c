package io.plumbline.bench.figure;

import java.io.ByteArrayOutputStream;
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

/**
 * A venue that sends book tickers at a fixed rate over loopback, each with the time at which it was
 * to be sent ({@code "z"}, ns of the host's monotonic clock): one that is sent late because the
 * receiver is slow counts as late. What is due at once is written at once. One connection at a
 * time, on the caller's thread.
 */
final class PacedServer implements Closeable {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MOST_AT_ONCE = 256;

    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private long update = 5_123_107_839_020L;

    PacedServer() throws IOException {}

    int port() {
        return server.getLocalPort();
    }

    /** Lets one in and sends so many messages, {@code rate} a second; waits until it has gone. */
    void serve(final int rate, final long count) throws IOException {
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
            send(out, rate, count);
            while (in.read() >= 0) {
                continue;
            }
        }
    }

    private void send(final OutputStream out, final int rate, final long count) throws IOException {
        final long startNs = System.nanoTime() + SECOND_NS / 5;
        final ByteArrayOutputStream due = new ByteArrayOutputStream();
        for (long sent = 0; sent < count; ) {
            final long nowNs = System.nanoTime();
            due.reset();
            for (int n = 0; n < MOST_AT_ONCE && sent < count; n++) {
                final long planNs = startNs + sent * SECOND_NS / rate;
                if (planNs > nowNs) {
                    break;
                }
                due.write(frame(message(planNs)));
                sent++;
            }
            if (due.size() == 0) {
                Thread.onSpinWait();
            } else {
                due.writeTo(out);
            }
        }
    }

    private String message(final long planNs) {
        update += 3;
        final long time = 1_723_161_256_313L + update / 1_000;
        return "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":"
                + update
                + ",\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\",\"a\":\"61800.30\",\"A\":\"2.510\","
                + "\"T\":"
                + time
                + ",\"E\":"
                + time
                + ",\"z\":"
                + planNs
                + "}}";
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
