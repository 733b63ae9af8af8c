package io.plumbline.bench.figure;

import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.WaitKind;
import io.plumbline.market.Channel;
import io.plumbline.metrics.Counters;
import java.io.IOException;

/**
 * Ours as it runs live: the message's bytes through the inbound ring of the usual size, whose
 * consumer sleeps until woken, and decoded and judged on the engine's thread.
 */
final class RingHandOver extends HandOver implements ConsumerFaults {
    private static final int CELLS = 65_536;
    private static final int CELL_BYTES = 256;
    private static final int MAX_MESSAGE_BYTES = 8 << 20;
    private static final int SOURCES = 64;
    private static final long CLOSE_NS = 5_000_000_000L;

    private final InboundRing ring =
            new InboundRing(
                    new InboundRing.Settings(
                            CELLS, CELL_BYTES, WaitKind.TIMEOUT_BLOCKING, MAX_MESSAGE_BYTES),
                    SOURCES,
                    new Counters(),
                    this::thread,
                    this);
    private Thread judge;

    RingHandOver(final Corpus corpus) {
        super("plumbline, own ring", corpus);
        ring.start(
                new InboundRing.Role(
                        "engine",
                        message -> {
                            engine.onMessage(message);
                            judgedOne();
                        }));
    }

    private Thread thread(final String role, final Runnable body) {
        judge = new Thread(body, role);
        judge.setDaemon(true);
        judge.start();
        return judge;
    }

    @Override
    FreshEngine freshEngine(final Channel channel) {
        return new FreshEngine(corpus, channel);
    }

    @Override
    void hand(final int number) throws IOException {
        if (!ring.offer(
                InboundType.FRAME_TEXT,
                engine.source(),
                FreshEngine.EPOCH,
                FreshEngine.stampNs(number),
                corpus.bytes,
                corpus.offsets[number],
                corpus.lengths[number])) {
            throw new IOException("the ring had no room");
        }
    }

    @Override
    Thread judge() {
        return judge;
    }

    @Override
    public void onFault(final String role, final Throwable thrown) {
        failed(thrown);
    }

    @Override
    public void onFatal(final String role, final Error error) {
        failed(error);
    }

    @Override
    public void close() {
        ring.close(CLOSE_NS);
    }
}
