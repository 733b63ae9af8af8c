package io.plumbline.feed.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.plumbline.inbound.InboundType;
import java.nio.ByteBuffer;

/**
 * Netty's decoder, with a short way for what venues nearly always send: whole data messages in one
 * frame, not compressed, not masked, text in ASCII. These are handed on where they lie in the
 * buffer that was read. Every other frame goes to the codec as it came, whole, so that its rules
 * and bounds hold for it and it never sees half of one; after anything that breaks the protocol all
 * the rest goes there. Event loop only.
 */
final class DirectFrames extends WebSocket13FrameDecoder {
    /** Takes a data message; the bytes are valid during the call. */
    @FunctionalInterface
    interface Sink {
        void frame(InboundType type, ByteBuffer payload);
    }

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int MASK = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int SHORT_HEAD = 2;
    private static final int MIDDLE_HEAD = 4;
    private static final int LONG_HEAD = 10;
    private static final int FIRST_ROOM = 64 * 1024;
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private final int maxFrameBytes;
    private final Sink sink;

    /** A frame that has not come to its end; null between frames. */
    private ByteBuf part;

    /** Whether the codec is within a message of several frames. */
    private boolean fragmented;

    /** Whether everything goes to the codec from here on. */
    private boolean givenUp;

    // The head last looked at.
    private int head;
    private long frameBytes;

    /** From an index of the buffer in hand to the place in its view. */
    private int shift;

    DirectFrames(final WebSocketDecoderConfig config, final Sink sink) {
        super(config);
        this.maxFrameBytes = config.maxFramePayloadLength();
        this.sink = sink;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message)
            throws Exception {
        if (givenUp || !(message instanceof ByteBuf in)) {
            super.channelRead(context, message);
            return;
        }
        try {
            if (part == null || complete(context, in)) {
                read(context, in);
            }
            if (givenUp && in.isReadable()) {
                super.channelRead(context, in.readRetainedSlice(in.readableBytes()));
            } else if (in.isReadable()) {
                part = context.alloc().buffer(room(in.readableBytes()));
                append(in, in.readableBytes());
            }
        } finally {
            in.release();
        }
    }

    /** For a frame that was begun: all of it where that is little; it grows as it comes. */
    private int room(final int come) {
        return Math.max(come, (int) Math.min(Math.max(LONG_HEAD, frameBytes), FIRST_ROOM));
    }

    /** Adds to the frame that was begun what belongs to it; whether it is behind us. */
    private boolean complete(final ChannelHandlerContext context, final ByteBuf in)
            throws Exception {
        while (true) {
            final boolean known = look(part);
            if (givenUp) {
                final ByteBuf begun = part;
                part = null;
                super.channelRead(context, begun);
                return true;
            }
            final long missing = (known ? frameBytes : head) - part.readableBytes();
            if (missing == 0) {
                final ByteBuf whole = part;
                part = null;
                try {
                    take(context, whole, view(whole));
                } finally {
                    whole.release();
                }
                return true;
            }
            if (!in.isReadable()) {
                return false;
            }
            append(in, (int) Math.min(missing, in.readableBytes()));
        }
    }

    /**
     * Copies to the frame that was begun. A read ends within a frame most of the time, and for a
     * copy from buffer to buffer Netty makes two views each time; of the one it keeps, none.
     */
    private void append(final ByteBuf in, final int bytes) {
        if (in.nioBufferCount() == 1) {
            part.writeBytes(in.internalNioBuffer(in.readerIndex(), bytes));
            in.skipBytes(bytes);
        } else {
            part.writeBytes(in, bytes);
        }
    }

    /** All frames that are whole. */
    private void read(final ChannelHandlerContext context, final ByteBuf in) throws Exception {
        final ByteBuffer view = view(in);
        while (!givenUp && look(in) && frameBytes <= in.readableBytes()) {
            take(context, in, view);
        }
    }

    /**
     * The bytes of a buffer as the JDK sees them, without an object of its own: {@link #shift}
     * behind the index. Whoever else looks at the buffer moves its position and limit.
     */
    private ByteBuffer view(final ByteBuf in) {
        if (in.nioBufferCount() != 1) {
            return null;
        }
        final ByteBuffer view = in.internalNioBuffer(in.readerIndex(), in.readableBytes());
        shift = view.position() - in.readerIndex();
        return view;
    }

    /**
     * Looks at the head of the frame that comes next.
     *
     * @return whether it is there: else {@link #head} tells how many bytes of it are needed to go
     *     on
     */
    private boolean look(final ByteBuf in) {
        head = SHORT_HEAD;
        frameBytes = 0;
        if (in.readableBytes() < SHORT_HEAD) {
            return false;
        }
        final int at = in.readerIndex();
        final int opcode = in.getByte(at) & OPCODE;
        final int second = in.getByte(at + 1);
        if ((second & MASK) != 0 || opcode > BINARY && opcode < CLOSE || opcode > PONG) {
            givenUp = true;
            return false;
        }
        long payload = second;
        if (second >= TWO_BYTES) {
            head = second == EIGHT_BYTES ? LONG_HEAD : MIDDLE_HEAD;
            if (in.readableBytes() < head) {
                return false;
            }
            payload =
                    second == EIGHT_BYTES
                            ? in.getLong(at + SHORT_HEAD)
                            : in.getUnsignedShort(at + SHORT_HEAD);
        }
        if (payload < 0 || payload > maxFrameBytes) {
            givenUp = true;
            return false;
        }
        frameBytes = head + payload;
        return true;
    }

    /** Takes the whole frame that was looked at. */
    private void take(final ChannelHandlerContext context, final ByteBuf in, final ByteBuffer view)
            throws Exception {
        final int at = in.readerIndex();
        final int first = in.getByte(at) & 0xFF;
        final int opcode = first & OPCODE;
        final boolean whole = (first & (FIN | RESERVED)) == FIN && !fragmented && view != null;
        if (whole && (opcode == TEXT || opcode == BINARY)) {
            final int to = at + (int) frameBytes + shift;
            view.limit(to).position(at + head + shift);
            if (opcode == BINARY || isAscii(view, view.position(), to)) {
                in.readerIndex(at + (int) frameBytes);
                sink.frame(
                        opcode == TEXT ? InboundType.FRAME_TEXT : InboundType.FRAME_BINARY, view);
                return;
            }
        }
        if (opcode < CLOSE) {
            fragmented = (first & FIN) == 0;
        }
        // Behind the goodbye nothing counts.
        givenUp = opcode == CLOSE;
        super.channelRead(context, in.readRetainedSlice((int) frameBytes));
    }

    private static boolean isAscii(final ByteBuffer view, final int from, final int to) {
        long all = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            all |= view.getLong(at);
        }
        for (; at < to; at++) {
            all |= view.get(at);
        }
        return (all & NOT_ASCII) == 0;
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) throws Exception {
        forget();
        super.channelInactive(context);
    }

    @Override
    protected void handlerRemoved0(final ChannelHandlerContext context) throws Exception {
        forget();
        super.handlerRemoved0(context);
    }

    private void forget() {
        if (part != null) {
            part.release();
            part = null;
        }
    }
}
