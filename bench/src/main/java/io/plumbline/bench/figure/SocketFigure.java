package io.plumbline.bench.figure;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plumbline.feed.websocket.FrameWays;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Target 5 in part: what the reader of a socket spends on a message, from the bytes of a read to
 * the copy in the ring's cell, and with decoding. Reads of 64 KiB; the kernel's share is in
 * neither.
 */
final class SocketFigure implements Figure {
    private static final int TARGET = 5;
    private static final double LIMIT = 3;
    private static final double GATE = 2;
    private static final int READ_BYTES = 64 * 1024;

    private byte[] stream;
    private final byte[] cell = new byte[1 << 20];
    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long taken;

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public String title() {
        return "WebSocket frames of socket reads to messages, processor ns per message";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final Corpus corpus = Traffic.mixed(effort);
        stream = framed(corpus);
        final MessageDecoder decoder = corpus.decoder();
        final EmbeddedChannel direct = FrameWays.direct(this::copy);
        final EmbeddedChannel codec = FrameWays.codec(this::copy);
        final EmbeddedChannel directDecoded =
                FrameWays.direct((type, bytes) -> decode(type, bytes, decoder));
        final EmbeddedChannel codecDecoded =
                FrameWays.codec((type, bytes) -> decode(type, bytes, decoder));
        final Contest contest = new Contest(effort, corpus.size());
        final int ours = contest.add(Contender.inProcess("direct", () -> play(direct)));
        final int nettys = contest.add(Contender.inProcess("Netty's codec", () -> play(codec)));
        final int oursDecoded =
                contest.add(Contender.inProcess("direct, decoded", () -> play(directDecoded)));
        final int nettysDecoded =
                contest.add(
                        Contender.inProcess(
                                "Netty's codec, our decoder", () -> play(codecDecoded)));
        contest.run();
        contest.agree(ours, nettys);
        return List.of(
                contest.atLeast(0, "frame to message", ours, nettys, 0),
                contest.atLeast(TARGET, "frame to event", oursDecoded, nettysDecoded, LIMIT)
                        .gatedAt(GATE));
    }

    private long play(final EmbeddedChannel channel) {
        taken = 0;
        for (int at = 0; at < stream.length; at += READ_BYTES) {
            final int length = Math.min(READ_BYTES, stream.length - at);
            final ByteBuf read = PooledByteBufAllocator.DEFAULT.directBuffer(READ_BYTES);
            read.writeBytes(stream, at, length);
            channel.writeInbound(read);
        }
        return taken;
    }

    private void copy(final InboundType type, final ByteBuffer payload) {
        payload.get(payload.position(), cell, 0, payload.remaining());
        taken += payload.remaining();
    }

    private void decode(
            final InboundType type, final ByteBuffer payload, final MessageDecoder decoder) {
        copy(type, payload);
        message.set(type, 2, 1, 0, taken, cell, 0, payload.remaining());
        decoder.decode(message, draft.begin(message), event -> taken += event.lastSequence & 1);
    }

    private static byte[] framed(final Corpus corpus) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        for (int i = 0; i < corpus.size(); i++) {
            final int length = corpus.lengths[i];
            out.writeByte(0x81);
            if (length > 0xFFFF) {
                out.writeByte(127);
                out.writeLong(length);
            } else if (length > 125) {
                out.writeByte(126);
                out.writeShort(length);
            } else {
                out.writeByte(length);
            }
            out.write(corpus.bytes, corpus.offsets[i], length);
        }
        return bytes.toByteArray();
    }
}
