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
 * comment now and then finds out who has gone, and one that has not read for long is. Its event
 * loop only.
 */
final class EventPump implements Runnable {
    private static final long LOOK_MS = 50;
    private static final int COMMENT_EVERY = 200;

    private final ChannelHandlerContext context;
    private final Answer.Events events;
    private Future<?> looking;
    private final long patienceLooks;
    private int silent;
    private int stuck;

    /**
     * @param patienceNs how long a client may read nothing
     */
    EventPump(
            final ChannelHandlerContext context,
            final Answer.Events events,
            final long patienceNs) {
        this.context = context;
        this.events = events;
        patienceLooks = Math.max(1, TimeUnit.NANOSECONDS.toMillis(patienceNs) / LOOK_MS);
    }

    void start() {
        looking = context.executor().scheduleAtFixedRate(this, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        silent++;
        if (!context.channel().isWritable()) {
            stuck++;
            if (stuck > patienceLooks) {
                context.close();
            }
            return;
        }
        stuck = 0;
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
