package io.plumbline.app.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends the events of one connection as they happen: looks for news twenty times a second, while
 * the client reads. One that reads no more gets no more, and the whole difference once it does; a
 * comment now and then finds out who has gone. Its event loop only.
 */
final class EventPump implements Runnable {
    private static final long LOOK_MS = 50;
    private static final int COMMENT_EVERY = 200;

    private final ChannelHandlerContext context;
    private final Answer.Events events;
    private Future<?> looking;
    private int silent;

    EventPump(final ChannelHandlerContext context, final Answer.Events events) {
        this.context = context;
        this.events = events;
    }

    void start() {
        looking = context.executor().scheduleAtFixedRate(this, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        silent++;
        if (!context.channel().isWritable()) {
            return;
        }
        final String news = events.next();
        if (news != null) {
            write(news);
        } else if (silent >= COMMENT_EVERY) {
            write(": still here\n\n");
        }
    }

    private void write(final String text) {
        silent = 0;
        context.writeAndFlush(new DefaultHttpContent(ByteBufUtil.writeUtf8(context.alloc(), text)))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }
}
