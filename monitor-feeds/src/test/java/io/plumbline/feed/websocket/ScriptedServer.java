package io.plumbline.feed.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A venue whose every byte the test decides: plain sockets and a hand-written WebSocket framing,
 * independent of Netty's. The test thread plays the peer; every read gives up after 10 s.
 */
final class ScriptedServer implements AutoCloseable {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    private static final int PATIENCE_MS = 10_000;

    /** What a client sent: its payload unmasked. */
    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeStatus() {
            return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    private final ServerSocket server;
    private final String scheme;
    private final List<Peer> peers = new ArrayList<>();

    ScriptedServer(final ServerSocket server, final String scheme) throws IOException {
        this.server = server;
        this.scheme = scheme;
        server.setSoTimeout(PATIENCE_MS);
    }

    static ScriptedServer plain() throws IOException {
        return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "ws");
    }

    URI uri() {
        return uri("127.0.0.1");
    }

    URI uri(final String host) {
        return URI.create(scheme + "://" + host + ":" + server.getLocalPort() + "/ws");
    }

    /** The next connection, its HTTP request read, not yet answered. */
    Peer accept() throws IOException {
        final Peer peer = new Peer(server.accept());
        peers.add(peer);
        return peer;
    }

    /** The next connection, upgraded. */
    Peer acceptUpgraded() throws IOException {
        final Peer peer = accept();
        peer.upgrade("");
        return peer;
    }

    @Override
    public void close() throws IOException {
        for (final Peer peer : peers) {
            peer.socket.close();
        }
        server.close();
    }

    /** One connection. */
    static final class Peer {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private final List<String> request = new ArrayList<>();

        Peer(final Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(PATIENCE_MS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            for (String line = line(); !line.isEmpty(); line = line()) {
                request.add(line);
            }
        }

        List<String> request() {
            return request;
        }

        private String line() throws IOException {
            final StringBuilder line = new StringBuilder();
            for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        }

        private String header(final String name) {
            return request.stream()
                    .filter(l -> l.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                    .map(l -> l.substring(name.length() + 1).trim())
                    .findFirst()
                    .orElse("");
        }

        /** Accepts the upgrade, with further header lines (each ending in CR LF). */
        void upgrade(final String headers) throws IOException {
            answer(upgradeHead(headers));
        }

        String upgradeHead(final String headers) {
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                    + acceptKey(header("sec-websocket-key"))
                    + "\r\n"
                    + headers
                    + "\r\n";
        }

        void answer(final String raw) throws IOException {
            raw(raw.getBytes(StandardCharsets.ISO_8859_1));
        }

        void raw(final byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void text(final String message) throws IOException {
            raw(frame(FIN | TEXT, message.getBytes(StandardCharsets.UTF_8)));
        }

        void pong(final byte[] payload) throws IOException {
            raw(frame(FIN | PONG, payload));
        }

        void ping(final String payload) throws IOException {
            raw(frame(FIN | PING, payload.getBytes(StandardCharsets.UTF_8)));
        }

        void closeFrame(final int status, final String reason) throws IOException {
            final byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            raw(
                    frame(
                            FIN | CLOSE,
                            ByteBuffer.allocate(2 + text.length)
                                    .putShort((short) status)
                                    .put(text)
                                    .array()));
        }

        /** Answers every subscribe request of {@code streams} and shows data on each. */
        void serve(final String... streams) throws IOException {
            for (int i = 0; i < streams.length; i++) {
                read();
                text("ack " + (i + 1));
            }
            for (final String stream : streams) {
                text("data " + stream + " 0");
            }
        }

        /** The client's next frame. */
        Frame read() throws IOException {
            final int first = in.readUnsignedByte();
            final int second = in.readUnsignedByte();
            int length = second & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            final byte[] mask = new byte[4];
            in.readFully(mask);
            final byte[] payload = new byte[length];
            in.readFully(payload);
            for (int i = 0; i < length; i++) {
                payload[i] ^= mask[i & 3];
            }
            return new Frame(first & 0x0F, payload);
        }

        /** Whether the client has closed its side, after anything it still sent. */
        boolean ended() {
            try {
                while (in.read() >= 0) {
                    continue;
                }
                return true;
            } catch (final java.net.SocketTimeoutException e) {
                return false;
            } catch (final IOException reset) {
                return true;
            }
        }

        void cut() throws IOException {
            socket.close();
        }
    }

    /** A frame as a server sends it: not masked. */
    static byte[] frame(final int firstByte, final byte[] payload) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(firstByte);
        if (payload.length < 126) {
            bytes.write(payload.length);
        } else if (payload.length < 65_536) {
            bytes.write(126);
            bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            bytes.write(127);
            bytes.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    private static String acceptKey(final String key) {
        try {
            final byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest(
                                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                            .getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (final NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
