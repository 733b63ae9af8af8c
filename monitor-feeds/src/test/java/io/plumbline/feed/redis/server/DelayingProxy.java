package io.plumbline.feed.redis.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before a Redis and hands on what it says so much later, in order: a replica that lags, a
 * subscriber that is far away. What is asked of Redis passes at once.
 */
public final class DelayingProxy implements AutoCloseable {
    /** The most that is on its way: a connection of more chunks than these waits. */
    private static final int CHUNKS = 10_000;

    private static final int CHUNK_BYTES = 8_192;
    private static final int WORDS_HEARD = 1_000;

    /** Something that Redis said, and when it is due. */
    private record Chunk(long dueNs, byte[] bytes) {}

    private final ServerSocket listener;
    private final int redisPort;
    private final long delayNs;
    private final String word;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /**
     * @param word only connections that have sent this are delayed; "" for all
     */
    public DelayingProxy(final int redisPort, final long delayMs, final String word)
            throws IOException {
        this.redisPort = redisPort;
        this.word = word;
        delayNs = TimeUnit.MILLISECONDS.toNanos(delayMs);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (final Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                final Socket client = listener.accept();
                final Socket redis = new Socket("127.0.0.1", redisPort);
                client.setTcpNoDelay(true);
                redis.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(redis);
                final Passage passage = new Passage(client, redis);
                start(passage::requests);
                start(passage::listen);
                start(passage::handOn);
            } catch (final IOException closedOrRefused) {
                sockets.removeIf(Socket::isClosed);
            }
        }
    }

    private static void start(final Runnable body) {
        final Thread thread = new Thread(body, "delaying-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection in both directions. */
    private final class Passage {
        private final Socket client;
        private final Socket redis;
        private final BlockingQueue<Chunk> under = new LinkedBlockingQueue<>(CHUNKS);
        private final StringBuilder heard = new StringBuilder();
        private volatile boolean delayed = word.isEmpty();

        Passage(final Socket client, final Socket redis) {
            this.client = client;
            this.redis = redis;
        }

        void requests() {
            final byte[] buffer = new byte[CHUNK_BYTES];
            try (client;
                    redis) {
                final InputStream in = client.getInputStream();
                final OutputStream out = redis.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!delayed && heard.length() < WORDS_HEARD) {
                        heard.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
                        delayed = heard.indexOf(word) >= 0;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (final IOException ended) {
                delayed = true;
            }
        }

        void listen() {
            final byte[] buffer = new byte[CHUNK_BYTES];
            try {
                final InputStream in = redis.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    final byte[] bytes = java.util.Arrays.copyOf(buffer, read);
                    under.put(new Chunk(System.nanoTime() + (delayed ? delayNs : 0), bytes));
                }
                under.put(new Chunk(System.nanoTime(), new byte[0]));
            } catch (final IOException ended) {
                under.offer(new Chunk(System.nanoTime(), new byte[0]));
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void handOn() {
            try (client;
                    redis) {
                final OutputStream out = client.getOutputStream();
                for (Chunk next = under.take(); next.bytes.length > 0; next = under.take()) {
                    for (long left = next.dueNs - System.nanoTime();
                            left > 0;
                            left = next.dueNs - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    out.write(next.bytes);
                }
            } catch (final IOException ended) {
                delayed = true;
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
