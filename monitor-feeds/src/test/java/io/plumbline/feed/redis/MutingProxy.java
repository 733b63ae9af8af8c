package io.plumbline.feed.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between the feed and Redis and can make connections half-open: they stay established, but
 * nothing comes back any more.
 */
final class MutingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int redisPort;
    private final List<Pipe> pipes = new CopyOnWriteArrayList<>();

    MutingProxy(final int redisPort) throws IOException {
        this.redisPort = redisPort;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Mutes every connection that has sent {@code word} so far; "" for all of them. */
    void mute(final String word) {
        pipes.stream().filter(pipe -> pipe.sent(word)).forEach(pipe -> pipe.muted = true);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (final Pipe pipe : pipes) {
            pipe.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                final Socket client = listener.accept();
                final Pipe pipe = new Pipe(client, new Socket("127.0.0.1", redisPort));
                pipes.add(pipe);
                start(pipe::requests);
                start(pipe::replies);
            } catch (final IOException closed) {
                pipes.removeIf(pipe -> pipe.muted);
            }
        }
    }

    private static void start(final Runnable body) {
        final Thread thread = new Thread(body, "muting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection in both directions. */
    private static final class Pipe {
        private final Socket client;
        private final Socket redis;
        private final StringBuffer head = new StringBuffer();
        volatile boolean muted;

        Pipe(final Socket client, final Socket redis) {
            this.client = client;
            this.redis = redis;
        }

        boolean sent(final String word) {
            return head.indexOf(word) >= 0;
        }

        void requests() {
            copy(client, redis, true);
        }

        void replies() {
            copy(redis, client, false);
        }

        private void copy(final Socket from, final Socket to, final boolean request) {
            final byte[] buffer = new byte[8_192];
            try {
                final InputStream in = from.getInputStream();
                final OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (request && head.length() < 1_000) {
                        head.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
                    }
                    if (!muted) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (final IOException ended) {
                muted = true;
            }
            close();
        }

        void close() {
            try (client;
                    redis) {
                muted = true;
            } catch (final IOException closing) {
                muted = true;
            }
        }
    }
}
