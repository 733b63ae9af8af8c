package io.plumbline.bench.figure;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plumbline.feed.websocket.TlsWay;
import io.plumbline.inbound.InboundType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Target 15: from the encrypted bytes of socket reads to the messages' copies in the ring's cell,
 * TLS as the feed has it, against the JDK's SSLEngine that decrypts such bytes and does nothing
 * else. Each message is a frame and a record of its own. Encrypting, on the way in, is not counted.
 */
final class TlsFigure implements Figure {
    private static final int TARGET = 15;
    private static final double LIMIT = 1.3;
    private static final int MESSAGES = 5_000;
    private static final int WARM_PASSES = 100;
    private static final int READ_BYTES = 64 * 1024;

    private final byte[] cell = new byte[1 << 20];
    private long taken;

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public String title() {
        return "encrypted WebSocket frames to messages, against decrypting alone, processor ns";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final Corpus corpus = Traffic.mixed(effort);
        final int count = Math.min(MESSAGES, corpus.size());
        final TlsPeer authority = TlsPeer.make(effort.work());
        final Contest contest = new Contest(effort, count);
        final Contender feed = new Feed(corpus, count, authority, true);
        final Contender netty = new Feed(corpus, count, authority, false);
        final Contender engine = new Alone(corpus, count, authority);
        final int ours = contest.add(feed);
        final int alone = contest.add(engine);
        final int handler = contest.add(netty);
        // Encrypting takes most of a warm-up, and ciphers that are not compiled are ten times
        // slower.
        feed.run(WARM_PASSES);
        netty.run(WARM_PASSES);
        engine.run(WARM_PASSES);
        contest.run();
        return List.of(
                contest.atMost(TARGET, "TLS frame to message", ours, alone, LIMIT)
                        .gatedAt(1.5 * LIMIT),
                contest.atLeast(0, "TLS frame to message", ours, handler, 0));
    }

    private void copy(final InboundType type, final ByteBuffer payload) {
        payload.get(payload.position(), cell, 0, payload.remaining());
        taken += payload.remaining();
    }

    /** As the feed has it. */
    private final class Feed implements Contender {
        private final Corpus corpus;
        private final int count;
        private final TlsPeer peer;
        private final EmbeddedChannel channel;
        private final boolean direct;

        Feed(final Corpus corpus, final int count, final TlsPeer authority, final boolean direct)
                throws IOException {
            this.direct = direct;
            this.corpus = corpus;
            this.count = count;
            peer = authority.another();
            channel =
                    TlsWay.open(
                            peer.certificate(), TlsPeer.HOST, 443, direct, TlsFigure.this::copy);
            peer.shakeHands(channel);
        }

        @Override
        public String name() {
            return direct ? "feed" : "Netty's TLS handler";
        }

        @Override
        public long run(final int passes) throws IOException {
            long ns = 0;
            for (int pass = 0; pass < passes; pass++) {
                final List<ByteBuf> reads = reads(peer.encrypt(corpus, count));
                taken = 0;
                final long beforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (final ByteBuf read : reads) {
                    channel.writeInbound(read);
                }
                ns += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beforeNs;
                if (taken != peer.plainBytes()) {
                    throw new IOException(taken + " bytes came of " + peer.plainBytes());
                }
            }
            return ns;
        }

        private List<ByteBuf> reads(final ByteBuffer encrypted) {
            final List<ByteBuf> reads = new ArrayList<>();
            while (encrypted.hasRemaining()) {
                final int length = Math.min(READ_BYTES, encrypted.remaining());
                final ByteBuf read = PooledByteBufAllocator.DEFAULT.directBuffer(READ_BYTES);
                read.writeBytes(encrypted.slice(encrypted.position(), length));
                encrypted.position(encrypted.position() + length);
                reads.add(read);
            }
            return reads;
        }

        @Override
        public long checksum() {
            return taken;
        }
    }

    /** Decrypting alone. */
    private static final class Alone implements Contender {
        private final Corpus corpus;
        private final int count;
        private final TlsPeer peer;
        private final ByteBuffer plain = ByteBuffer.allocate(1 << 20);
        private long bytes;

        Alone(final Corpus corpus, final int count, final TlsPeer authority) throws IOException {
            this.corpus = corpus;
            this.count = count;
            peer = authority.another();
            peer.shakeHands();
        }

        @Override
        public String name() {
            return "SSLEngine, decrypting alone";
        }

        @Override
        public long run(final int passes) throws IOException {
            long ns = 0;
            for (int pass = 0; pass < passes; pass++) {
                final ByteBuffer encrypted = peer.encrypt(corpus, count);
                final long beforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                bytes = 0;
                while (encrypted.hasRemaining()) {
                    plain.clear();
                    bytes += peer.client().unwrap(encrypted, plain).bytesProduced();
                }
                ns += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beforeNs;
            }
            return ns;
        }

        @Override
        public long checksum() {
            return bytes;
        }
    }
}
