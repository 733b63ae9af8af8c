package io.plumbline.feed.redis;

import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One dedicated connection, never pooled: opened by its constructor, used once, cut once. Where
 * Jedis would quietly connect anew on the next command, this one stays cut, so that nobody mistakes
 * a fresh connection for a subscribed one.
 *
 * <p>One thread reads. One thread writes, which after the handshake may be another.
 */
final class RedisLink extends Connection {
    private static final long MILLISECOND_NS = 1_000_000L;

    /** False while the super constructor connects: a field without initialiser on purpose. */
    private final boolean opened;

    private RedisLink(final HostAndPort address, final DefaultJedisClientConfig config) {
        super(address, config);
        opened = true;
    }

    /** A connection for requests and answers, in the server's default protocol (RESP2). */
    static RedisLink forData(final RedisSettings settings) {
        return new RedisLink(
                address(settings), config(settings, settings.timing().socketTimeoutNs()).build());
    }

    /**
     * A connection for pushes. Its read timeout is only the last resort: the barrier ping judges
     * much sooner.
     *
     * @param resp3 whether pushes come as RESP3 pushes; they are then handed out by {@link #read}
     */
    static RedisLink forPush(final RedisSettings settings, final boolean resp3) {
        final long timeoutNs = 2 * (settings.barrierIntervalNs() + settings.barrierTimeoutNs());
        final DefaultJedisClientConfig.Builder config = config(settings, timeoutNs);
        if (resp3) {
            config.resp3().autoNegotiateProtocol(false);
        }
        final RedisLink link = new RedisLink(address(settings), config.build());
        if (resp3) {
            link.addPushConsumer(
                    push -> {
                        push.propagate();
                        return push;
                    });
        }
        return link;
    }

    /** Waits for the next reply or push; throws JedisConnectionException once cut or closed. */
    Object read() {
        return getUnflushedObject();
    }

    /** Sends one command now, without waiting for its reply. */
    void push(final Command command, final List<byte[]> arguments) {
        sendCommand(command, arguments.toArray(byte[][]::new));
        flush();
    }

    /** One command and its reply; throws JedisDataException when Redis refuses it. */
    Object ask(final Command command, final String... arguments) {
        sendCommand(command, arguments);
        return getOne();
    }

    /** Ends the connection, also under a thread that reads from it. Any thread. */
    void cut() {
        try {
            forceDisconnect();
        } catch (final IOException closing) {
            setBroken();
        }
    }

    @Override
    public void connect() {
        if (opened && !isConnected()) {
            throw new JedisConnectionException("the connection was closed");
        }
        super.connect();
    }

    /**
     * Whether nothing came for as long as an answer may take, as opposed to a closed connection.
     */
    static boolean timedOut(final Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SocketTimeoutException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** Whether a node says itself that it serves nobody, so that waiting for another is no use. */
    static boolean refusesAll(final Throwable failure) {
        return failure instanceof JedisClusterException;
    }

    /** What went wrong, in one line, with the remedy where there is a plain one; no secrets. */
    static String reason(final Throwable failure, final RedisSettings settings) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        for (final Throwable suppressed : failure.getSuppressed()) {
            root = suppressed;
        }
        final String message = String.valueOf(root.getMessage());
        final String text =
                (root instanceof JedisDataException || root instanceof JedisConnectionException
                        ? message
                        : root.getClass().getSimpleName() + ": " + message);
        final String remedy;
        if (message.startsWith("WRONGPASS") || message.startsWith("NOAUTH")) {
            remedy = ": check user and password of Redis '" + settings.name() + "'";
        } else if (message.startsWith("NOPERM")) {
            remedy = ": give the monitor's Redis user this permission";
        } else if (message.contains("refused")) {
            remedy = ": is Redis running at " + settings.address() + "?";
        } else if (message.contains("certification path")) {
            remedy = ": name the PEM file of its authority as `trust`";
        } else if (message.contains("subject alternative")) {
            remedy = ": name the host as its certificate does";
        } else {
            remedy = "";
        }
        return settings.address() + ": " + text.replace('\n', ' ') + remedy;
    }

    static String text(final Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The server's clock minus ours, by one TIME request; its error is half the round trip. */
    long clockOffsetNs(final EpochNanoClock clock) {
        final long sentNs = clock.epochNanos();
        final List<?> parts = (List<?>) ask(Command.TIME);
        final long repliedNs = clock.epochNanos();
        final long seconds = number(parts.get(0));
        final long micros = number(parts.get(1));
        return seconds * 1_000_000_000L + micros * 1_000L - (sentNs + (repliedNs - sentNs) / 2);
    }

    private static long number(final Object reply) {
        return Long.parseLong(new String((byte[]) reply, StandardCharsets.US_ASCII));
    }

    private static HostAndPort address(final RedisSettings settings) {
        return new HostAndPort(settings.node().host(), settings.node().port());
    }

    static DefaultJedisClientConfig.Builder config(
            final RedisSettings settings, final long readTimeoutNs) {
        final RedisSettings.Access access = settings.access();
        final DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .autoNegotiateProtocol(false)
                        .connectionTimeoutMillis(
                                (int) (settings.timing().connectTimeoutNs() / MILLISECOND_NS))
                        .socketTimeoutMillis((int) (readTimeoutNs / MILLISECOND_NS))
                        .database(settings.database())
                        .clientName(access.clientName())
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (access.tls()) {
            config.sslOptions(Authorities.options(access.trust()));
        }
        if (access.password().isGiven()) {
            config.credentials(
                    new DefaultRedisCredentials(
                            access.user().isEmpty() ? null : access.user(),
                            access.password().reveal()));
        }
        return config;
    }
}
