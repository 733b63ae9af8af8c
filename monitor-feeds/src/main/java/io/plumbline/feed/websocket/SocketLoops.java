package io.plumbline.feed.websocket;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.IntSupplier;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.plumbline.inbound.Pace;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.ThreadFactory;

/** The thread that serves sockets, and how it waits for them. */
public final class SocketLoops {
    private SocketLoops() {}

    /**
     * One thread for all sockets that are registered with it: of Netty's own kind, as others get
     * buffers that are not kept for the next read.
     *
     * @param pace {@link Pace#SPINS}: asks all the time what is ready; else it sleeps until
     *     something is
     */
    public static EventLoopGroup of(final String role, final Pace pace) {
        final ThreadFactory threads = body -> thread(role, body);
        return new MultiThreadIoEventLoopGroup(
                1,
                threads,
                pace == Pace.SPINS
                        ? SleeplessHandler.of(sockets(() -> SocketLoops::look))
                        : sockets(DefaultSelectStrategyFactory.INSTANCE));
    }

    private static IoHandlerFactory sockets(final SelectStrategyFactory waiting) {
        return NioIoHandler.newFactory(SelectorProvider.provider(), waiting);
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new FastThreadLocalThread(body, role);
        thread.setDaemon(true);
        return thread;
    }

    /** Where nothing is ready the core goes to whoever wants it. */
    private static int look(final IntSupplier ready, final boolean hasTasks) throws Exception {
        final int found = ready.get();
        if (found == 0 && !hasTasks) {
            Thread.yield();
        }
        return found;
    }
}
