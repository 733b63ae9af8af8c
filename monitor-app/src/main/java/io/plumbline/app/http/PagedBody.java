package io.plumbline.app.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;

/** {@link Answer.Pages} as Netty pulls them while the client's socket takes more. */
final class PagedBody implements ChunkedInput<ByteBuf> {
    private final Answer.Pages pages;
    private String next;
    private long written;

    PagedBody(final Answer.Pages pages) {
        this.pages = pages;
        next = pages.next();
    }

    @Override
    public ByteBuf readChunk(final ByteBufAllocator allocator) {
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
