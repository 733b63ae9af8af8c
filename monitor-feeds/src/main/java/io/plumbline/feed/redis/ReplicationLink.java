package io.plumbline.feed.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A socket that joins the replication stream of one server, never by a full synchronisation: every
 * condition is asked for on this very connection just before, and an answer to PSYNC that is not
 * {@code +CONTINUE} closes the socket at once. It asks for nothing else and claims nothing: its
 * acknowledgements say 0.
 *
 * <p>Push thread, but for {@link #close}.
 */
final class ReplicationLink implements Closeable {
    /** How long a read waits: between two of them an acknowledgement can be sent. */
    private static final int READ_MS = 250;

    /** A server that means to synchronise in full lets us wait for seconds. */
    private static final int CONTINUE_MS = 1_000;

    private static final int LONGEST_LINE = 1_024;
    private static final int LONGEST_ANSWER = 1_024 * 1_024;
    private static final String CONTINUE = "CONTINUE";
    private static final byte[] ACKNOWLEDGEMENT =
            "*3\r\n$8\r\nREPLCONF\r\n$3\r\nACK\r\n$1\r\n0\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;

    private ReplicationLink(final Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1_024);
    }

    /**
     * Connects and authenticates.
     *
     * @throws JedisConnectionException where nobody answers
     * @throws JedisDataException where the server refuses
     */
    static ReplicationLink open(final RedisSettings settings, final RedisNode address)
            throws IOException {
        final ReplicationLink link =
                new ReplicationLink(
                        new DefaultJedisSocketFactory(
                                        new HostAndPort(address.host(), address.port()),
                                        RedisLink.config(
                                                        settings,
                                                        settings.timing().socketTimeoutNs())
                                                .build())
                                .createSocket());
        try {
            link.authenticate(settings);
            return link;
        } catch (final IOException | RuntimeException failed) {
            link.close();
            throw failed;
        }
    }

    private void authenticate(final RedisSettings settings) throws IOException {
        final RedisSettings.Access access = settings.access();
        if (access.password().isGiven()) {
            final String password = new String(access.password().reveal());
            if (access.user().isEmpty()) {
                ask("AUTH", password);
            } else {
                ask("AUTH", access.user(), password);
            }
        }
        try {
            ask("CLIENT", "SETNAME", access.clientName());
        } catch (final JedisDataException refused) {
            return;
        }
    }

    /** What the server says of its replication now. */
    ReplicationInfo info() throws IOException {
        return ReplicationInfo.parse(ask("INFO", "replication"));
    }

    /** Whether no other database holds a key. */
    boolean holdsNothingBut(final int database) throws IOException {
        return ask("INFO", "keyspace")
                .lines()
                .noneMatch(
                        line ->
                                line.matches("db\\d+:.*")
                                        && !line.startsWith("db" + database + ":"));
    }

    /**
     * Joins the stream behind {@code place}.
     *
     * @return the id of the history that the stream is in
     * @throws JedisDataException where it may not be joined there; the socket is closed then
     */
    String join(final ReplicationPlace place) throws IOException {
        final String refusal = info().refusal(place);
        if (!refusal.isEmpty()) {
            close();
            throw new JedisDataException(refusal);
        }
        ask("REPLCONF", "capa", "psync2");
        send("PSYNC", place.replicationId(), Long.toString(place.offset() + 1));
        socket.setSoTimeout(CONTINUE_MS);
        String answer;
        try {
            answer = in.read() == '+' ? line() : "";
        } catch (final SocketTimeoutException silent) {
            answer = "";
        }
        if (!answer.startsWith(CONTINUE)) {
            close();
            throw new JedisDataException(
                    "PSYNC was not answered by +CONTINUE; the connection was closed at once");
        }
        socket.setSoTimeout(READ_MS);
        final String id = answer.substring(CONTINUE.length()).trim();
        return id.isEmpty() ? place.replicationId() : id;
    }

    /**
     * Waits for bytes of the stream.
     *
     * @return how many; 0 where none came for a while
     * @throws EOFException when the server has ended it
     */
    int read(final byte[] buffer) throws IOException {
        try {
            final int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                throw new EOFException("the server closed the replication connection");
            }
            return count;
        } catch (final SocketTimeoutException silent) {
            return 0;
        }
    }

    /** Whether bytes are waiting already, as far as can be told. */
    boolean isBehind() throws IOException {
        return in.available() > 0;
    }

    /** Tells the server that somebody is there, and claims no byte of it. */
    void acknowledge() throws IOException {
        socket.getOutputStream().write(ACKNOWLEDGEMENT);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException closing) {
            return;
        }
    }

    /** One command and its answer as text. */
    private String ask(final String... parts) throws IOException {
        send(parts);
        final int type = in.read();
        final String line = line();
        switch (type) {
            case '+':
            case ':':
                return line;
            case '-':
                throw new JedisDataException(line);
            case '$':
                return bulk(line);
            default:
                throw new IOException("an answer that Redis does not give, byte " + type);
        }
    }

    private void send(final String... parts) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(("*" + parts.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (final String part : parts) {
            final byte[] bytes = RedisLink.bytes(part);
            out.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write('\r');
            out.write('\n');
        }
        socket.getOutputStream().write(out.toByteArray());
    }

    private String line() throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("an answer without end");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private String bulk(final String length) throws IOException {
        final int count;
        try {
            count = Integer.parseInt(length);
        } catch (final NumberFormatException broken) {
            throw new IOException("an answer of length '" + length + "'", broken);
        }
        if (count < 0 || count > LONGEST_ANSWER) {
            throw new IOException("an answer of length " + count);
        }
        final byte[] bytes = in.readNBytes(count);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
