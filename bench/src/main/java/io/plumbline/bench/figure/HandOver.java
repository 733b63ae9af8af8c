package io.plumbline.bench.figure;

import io.plumbline.market.Channel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages that one thread hands over to another, which judges them: the processor time of both,
 * without what the JVM's own threads take. Each pass is judged by a fresh engine, made beforehand.
 */
abstract class HandOver implements Contender, AutoCloseable {
    /** The producer is not further ahead than this: a feed that keeps up. */
    static final int AHEAD = 1_024;

    private static final long NAP_NS = 200_000L;

    private final String name;
    protected final Corpus corpus;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long sum;

    /** What the judging thread judges by; it is given before the first message of a pass. */
    protected volatile FreshEngine engine;

    /** How many of the pass's messages are judged. */
    private volatile int judged;

    private volatile Throwable failure;

    HandOver(final String name, final Corpus corpus) {
        this.name = name;
        this.corpus = corpus;
    }

    /** An engine that understands what this side hands over. */
    abstract FreshEngine freshEngine(Channel channel);

    /** Hands over the message of this number. */
    abstract void hand(int number) throws IOException;

    /** The thread that judges. */
    abstract Thread judge();

    @Override
    public String name() {
        return name;
    }

    /** The judging thread, after each message. */
    protected final void judgedOne() {
        judged = judged + 1;
    }

    /** The judging thread, when it cannot go on. */
    protected final void failed(final Throwable thrown) {
        failure = thrown;
    }

    @Override
    public long run(final int passes) throws IOException {
        long ns = 0;
        for (int pass = 0; pass < passes; pass++) {
            judged = 0;
            engine = freshEngine(Channel.BOOK_TICKER);
            final long beforeNs = cpuNs();
            for (int i = 0; i < corpus.size(); i++) {
                await(i - AHEAD);
                hand(i);
            }
            await(corpus.size());
            ns += cpuNs() - beforeNs;
            sum = engine.sum();
        }
        return ns;
    }

    private void await(final int count) throws IOException {
        while (judged < count) {
            if (failure != null) {
                throw new IOException(name + ": the judging thread failed", failure);
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }

    private long cpuNs() {
        return threads.getCurrentThreadCpuTime() + threads.getThreadCpuTime(judge().getId());
    }

    @Override
    public long checksum() {
        return sum;
    }

    @Override
    public abstract void close();
}
