package io.plumbline.feed.sim;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that upgrades and then answers nothing: no pong, no close, and reads when told to. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    RawClient(final int port, final String path) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(10_000);
        final String request =
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads the answer to the upgrade; "" when the server hung up. */
    String handshake() throws IOException {
        final StringBuilder head = new StringBuilder();
        final InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            final int next = read(in);
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Reads to the end of the stream; how many bytes came. */
    long drain() throws IOException {
        long count = 0;
        while (read(socket.getInputStream()) >= 0) {
            count++;
        }
        return count;
    }

    private static int read(final InputStream in) throws IOException {
        try {
            return in.read();
        } catch (final java.net.SocketException reset) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
