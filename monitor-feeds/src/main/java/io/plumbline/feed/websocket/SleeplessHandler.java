package io.plumbline.feed.websocket;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;

/**
 * Netty's sockets for a thread that never sleeps: nobody need wake it. Netty would remember the
 * first wake-up for ever, as only sleeping makes it forget, and write to its own selector and read
 * that back at each look: a quarter of the thread's time.
 */
final class SleeplessHandler implements IoHandler {
    private final IoHandler sockets;

    private SleeplessHandler(final IoHandler sockets) {
        this.sockets = sockets;
    }

    /**
     * @param sockets whose strategy never selects with a wait
     */
    static IoHandlerFactory of(final IoHandlerFactory sockets) {
        return executor -> new SleeplessHandler(sockets.newHandler(executor));
    }

    @Override
    public void initialize() {
        sockets.initialize();
    }

    @Override
    public int run(final IoHandlerContext context) {
        return sockets.run(context);
    }

    @Override
    public void prepareToDestroy() {
        sockets.prepareToDestroy();
    }

    @Override
    public void destroy() {
        sockets.destroy();
    }

    @Override
    public IoRegistration register(final IoHandle handle) throws Exception {
        return sockets.register(handle);
    }

    @Override
    public void wakeup() {
        // It looks again at once.
    }

    @Override
    public boolean isCompatible(final Class<? extends IoHandle> type) {
        return sockets.isCompatible(type);
    }
}
