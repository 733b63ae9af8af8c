package io.plumbline.feed.redis.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody uses, below those that the system gives to clients: a server that is killed
 * finds its port free when it comes again.
 */
final class FreePorts {
    private static final int LOWEST = 11_000;
    private static final int HIGHEST = 22_000;

    /** The bus of a node of a Cluster is that much above its port. */
    private static final int BUS = 10_000;

    private static final int ATTEMPTS = 1_000;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /** A port that is free and whose bus port is, given once. */
    static synchronized int next() {
        for (int i = 0; i < ATTEMPTS; i++) {
            final int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (free(port) && free(port + BUS) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean free(final int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (final IOException taken) {
            return false;
        }
    }
}
