package io.plumbline.app.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;

/**
 * {@link Answer.Pages} as Netty pulls them while the client's socket takes more; some at a time, so
 * that others are answered in between.
 */
final class PagedBody implements ChunkedInput<ByteBuf> {
    private static final int AT_A_TIME = 4;

    private final Answer.Pages pages;
    private final Runnable soon;
    private String next;
    private long written;
    private int given;

    /**
     * @param soon has Netty ask again when others had their turn
     */
    PagedBody(final Answer.Pages pages, final Runnable soon) {
        this.pages = pages;
        this.soon = soon;
        next = pages.next();
    }

    @Override
    public ByteBuf readChunk(final ByteBufAllocator allocator) {
        if (given == AT_A_TIME) {
            given = 0;
            soon.run();
            return null;
        }
        given++;
        final ByteBuf page = ByteBufUtil.writeUtf8(allocator, next);
        written += page.readableBytes();
        next = pages.next();
        return page;
    }

    @Override
    @Deprecated
    public ByteBuf readChunk(final ChannelHandlerContext context) {
        return readChunk(context.alloc());
    }

    @Override
    public boolean isEndOfInput() {
        return next == null;
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public long progress() {
        return written;
    }

    @Override
    public void close() {
        next = null;
    }
}
