package io.plumbline.bench.figure;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A Redis of this run's own, on loopback, which keeps nothing. */
final class RedisHost implements Closeable {
    private static final long PATIENCE_NS = 10_000_000_000L;
    private static final int PATIENCE_MS = 10_000;

    final int port = freePort();
    private final RedisServer server;

    RedisHost() throws IOException {
        server =
                RedisServer.newRedisServer()
                        .port(port)
                        .bind("127.0.0.1")
                        .setting("save \"\"")
                        .setting("repl-diskless-sync-delay 0")
                        .setting("notify-keyspace-events K$ghxe")
                        .build();
        server.start();
    }

    Jedis client() {
        return new Jedis(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .autoNegotiateProtocol(false)
                        .timeoutMillis(PATIENCE_MS)
                        .build());
    }

    String uri() {
        return "redis://127.0.0.1:" + port + "/0";
    }

    /**
     * Makes it keep the last part of its history, as every Redis does to which a replica has come
     * once.
     */
    void rememberHistory() throws IOException {
        try (Socket replica = new Socket(InetAddress.getLoopbackAddress(), port);
                Jedis client = client()) {
            replica.getOutputStream().write("PSYNC ? -1\r\n".getBytes(StandardCharsets.US_ASCII));
            final long untilNs = System.nanoTime() + PATIENCE_NS;
            while (!client.info("replication").contains("repl_backlog_active:1")) {
                if (System.nanoTime() > untilNs) {
                    throw new IOException("Redis does not keep its history");
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
