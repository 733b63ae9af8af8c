package io.plumbline.feed.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Stands before Netty's TLS handler, with a short way for what nearly all records are once the
 * handshake is over: data. These are decrypted by the same engine, all of a socket read into one
 * buffer, and handed on behind the handler as one. Every other record goes to the handler as it
 * came, whole, so that it never holds half of one; so does everything while the engine wants to say
 * something itself, and all the rest after what is no record. Event loop only.
 */
final class DirectRecords extends ChannelInboundHandlerAdapter {
    private static final int HEAD = 5;
    private static final int LENGTH_AT = 3;
    private static final int CHANGE_CIPHER = 20;
    private static final int DATA = 23;

    /** The most that any version of TLS allows behind the head. */
    private static final int LONGEST = 16_384 + 2_048;

    private static final int PLAIN_BYTES = 64 * 1024;

    private final SslHandler tls;
    private final SSLEngine engine;

    /** The beginning of a record, or empty and kept for the next; null before the first. */
    private ByteBuf part;

    /**
     * Where records are decrypted to, {@link #room} behind {@link #filled}; null before the first.
     */
    private ByteBuf plain;

    private ByteBuffer room;
    private int filled;

    /** Whether the engine has nothing to say itself, as far as was seen. */
    private boolean quiet;

    /** Whether everything goes to the handler from here on. */
    private boolean givenUp;

    /**
     * @param tls the next handler in the pipeline
     */
    DirectRecords(final SslHandler tls) {
        this.tls = tls;
        engine = tls.engine();
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message)
            throws Exception {
        if (givenUp || !(message instanceof ByteBuf in)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            if (part == null || !part.isReadable() || complete(context, in)) {
                read(context, in);
            }
            deliver(context);
            if (givenUp && in.isReadable()) {
                context.fireChannelRead(in.readRetainedSlice(in.readableBytes()));
            } else if (in.isReadable()) {
                part = part == null ? context.alloc().buffer(HEAD + LONGEST) : part;
                part.writeBytes(in);
            }
        } finally {
            in.release();
        }
    }

    /** Adds to the record that was begun what belongs to it; whether it is behind us. */
    private boolean complete(final ChannelHandlerContext context, final ByteBuf in)
            throws SSLException {
        int missing = bytes(part) - part.readableBytes();
        while (!givenUp && missing > 0) {
            if (!in.isReadable()) {
                return false;
            }
            part.writeBytes(in, Math.min(missing, in.readableBytes()));
            missing = bytes(part) - part.readableBytes();
        }
        final ByteBuf begun = part;
        part = null;
        try {
            read(context, begun);
            if (begun.isReadable()) {
                context.fireChannelRead(begun.readRetainedSlice(begun.readableBytes()));
            }
        } finally {
            if (begun.refCnt() == 1 && !givenUp) {
                part = begun.clear();
            } else {
                begun.release();
            }
        }
        return true;
    }

    /** All records that are whole. */
    private void read(final ChannelHandlerContext context, final ByteBuf in) throws SSLException {
        while (!givenUp) {
            if (in.nioBufferCount() == 1 && isQuiet()) {
                readData(context, in);
            }
            final int length = bytes(in);
            if (givenUp || length > in.readableBytes()) {
                return;
            }
            deliver(context);
            context.fireChannelRead(in.readRetainedSlice(length));
            quiet = false;
        }
    }

    /** How many bytes the record that begins here has, or are needed to know; gives up on none. */
    private int bytes(final ByteBuf in) {
        if (in.readableBytes() < HEAD) {
            return HEAD;
        }
        final int type = in.getUnsignedByte(in.readerIndex());
        final int length = in.getUnsignedShort(in.readerIndex() + LENGTH_AT);
        givenUp |= type < CHANGE_CIPHER || type > DATA || length > LONGEST;
        return HEAD + length;
    }

    private boolean isQuiet() {
        if (!quiet) {
            quiet =
                    tls.handshakeFuture().isSuccess()
                            && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
        }
        return quiet;
    }

    /** Whole records of data, as long as nothing else comes. */
    private void readData(final ChannelHandlerContext context, final ByteBuf in)
            throws SSLException {
        final ByteBuffer view = in.internalNioBuffer(in.readerIndex(), in.readableBytes());
        final int shift = in.readerIndex() - view.position();
        final int end = view.limit();
        int at = view.position();
        while (quiet && !givenUp && end - at >= HEAD && view.get(at) == DATA) {
            final int length = HEAD + (view.getShort(at + LENGTH_AT) & 0xFFFF);
            if (length > Math.min(end - at, HEAD + LONGEST)) {
                return;
            }
            at += length;
            in.readerIndex(at + shift);
            view.limit(at).position(at - length);
            decrypt(context, view);
            view.limit(end);
        }
    }

    private void decrypt(final ChannelHandlerContext context, final ByteBuffer record)
            throws SSLException {
        SSLEngineResult result = unwrap(context, record);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            deliver(context);
            if (givenUp) {
                return;
            }
            result = unwrap(context, record);
        }
        if (result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            quiet = false;
            deliver(context);
            speak(context);
        }
        switch (result.getStatus()) {
            case OK -> {
                // Taken whole: a record never gives part of itself.
            }
            case CLOSED -> {
                deliver(context);
                givenUp = true;
                context.channel().close();
            }
            default -> throw new SSLException("a record cannot be read: " + result.getStatus());
        }
    }

    private SSLEngineResult unwrap(final ChannelHandlerContext context, final ByteBuffer record)
            throws SSLException {
        if (plain == null) {
            use(context.alloc().heapBuffer(PLAIN_BYTES, PLAIN_BYTES));
        }
        try {
            final SSLEngineResult result = engine.unwrap(record, room);
            filled += result.bytesProduced();
            return result;
        } catch (final SSLException refused) {
            givenUp = true;
            deliver(context);
            speak(context);
            throw refused;
        }
    }

    private void use(final ByteBuf empty) {
        plain = empty;
        room = empty.internalNioBuffer(0, PLAIN_BYTES);
        filled = 0;
    }

    /** Lets the handler say what the engine wants said: an answer, or what it finds wrong. */
    private void speak(final ChannelHandlerContext context) {
        for (Runnable task = engine.getDelegatedTask(); task != null; ) {
            task.run();
            task = engine.getDelegatedTask();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            context.channel().flush();
        }
    }

    /** Hands on what was decrypted. The buffer is used again unless somebody has kept it. */
    private void deliver(final ChannelHandlerContext context) {
        if (plain == null || filled == 0) {
            return;
        }
        final ByteBuf told = plain.writerIndex(filled);
        plain = null;
        context.pipeline().context(tls).fireChannelRead(told.retain());
        if (told.refCnt() == 1 && plain == null && !givenUp) {
            use(told.clear());
        } else {
            told.release();
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        forget();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext context) {
        forget();
    }

    private void forget() {
        givenUp = true;
        if (part != null) {
            part.release();
            part = null;
        }
        if (plain != null) {
            plain.release();
            plain = null;
        }
    }
}
