package io.plumbline.bench.figure;

import io.plumbline.app.watch.DetectorSet;
import io.plumbline.bench.Recorder;
import io.plumbline.bench.World;
import io.plumbline.detect.Engine;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.MessageDecoder;
import java.lang.management.ManagementFactory;

/**
 * An engine with every detector in a state of its own, which recorded messages can be played to
 * once: their ids must not begin again. What it finds in them is passed over.
 */
final class FreshEngine {
    static final int EPOCH = 1;
    private static final long STEP_NS = 100_000L;

    final World world = new World(1, "250ms");
    private final Corpus corpus;
    private final Engine engine;
    private final int source;
    private final InboundMessage message = new InboundMessage();
    private long found;

    /**
     * @param channel whose source all messages come from
     */
    FreshEngine(final Corpus corpus, final Channel channel) {
        this(corpus, channel, null);
    }

    /**
     * @param instead decodes that source's messages; null for the venue's own decoder
     */
    FreshEngine(final Corpus corpus, final Channel channel, final MessageDecoder instead) {
        this.corpus = corpus;
        source = world.source(0, channel);
        final MessageDecoder[] decoders = world.watch.decoders();
        if (instead != null) {
            decoders[source] = instead;
        }
        engine =
                new Engine(
                        world.watch.state(),
                        decoders,
                        new DetectorSet(
                                        world.watch.state(),
                                        world.watch.config().detectors(),
                                        world.counters)
                                .detectors(),
                        new InlineFindings(finding -> found += 1 + finding.kind.ordinal()),
                        world.counters);
    }

    /** Plays the messages from {@code from} up to {@code to}. */
    void play(final int from, final int to) {
        play(from, to, null);
    }

    /**
     * Plays all messages.
     *
     * @param recorder takes every one before it is judged; null for none
     * @return processor time of the thread, ns
     */
    long playAll(final Recorder recorder) {
        final long beforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        play(0, corpus.size(), recorder);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beforeNs;
    }

    private void play(final int from, final int to, final Recorder recorder) {
        for (int i = from; i < to; i++) {
            message.set(
                    InboundType.FRAME_TEXT,
                    source,
                    EPOCH,
                    0,
                    stampNs(i),
                    corpus.bytes,
                    corpus.offsets[i],
                    corpus.lengths[i]);
            if (recorder != null) {
                recorder.take(message);
            }
            engine.onMessage(message);
        }
    }

    /** When the message of this number comes in. */
    static long stampNs(final int number) {
        return World.START_NS + number * STEP_NS;
    }

    /** Whose messages all are. */
    int source() {
        return source;
    }

    /** Judges one message from elsewhere. */
    void onMessage(final InboundMessage from) {
        engine.onMessage(from);
    }

    long nowNs() {
        return engine.nowNs();
    }

    /** A sum over what was judged and found: the same for whoever reads the same. */
    long sum() {
        return 31 * found + engine.tally().byVenue().hashCode();
    }
}
