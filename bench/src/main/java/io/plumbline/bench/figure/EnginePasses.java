package io.plumbline.bench.figure;

import io.plumbline.bench.Recorder;
import io.plumbline.market.Channel;

/**
 * Decode, state and every detector on the caller's thread. Every pass in a state of its own,
 * because ids must not begin again; making it is not counted.
 */
final class EnginePasses implements Contender {
    private static final long REST_NS = 40_000_000L;

    private final Corpus corpus;
    private final Recorder recorder;
    private long sum;

    /**
     * @param recorder takes every message before it is judged; null for none
     */
    EnginePasses(final Corpus corpus, final Recorder recorder) {
        this.corpus = corpus;
        this.recorder = recorder;
    }

    @Override
    public String name() {
        return recorder == null ? "engine" : "engine and journal";
    }

    @Override
    public long run(final int passes) {
        long ns = 0;
        for (int pass = 0; pass < passes; pass++) {
            final FreshEngine engine = new FreshEngine(corpus, Channel.BOOK_TICKER);
            ns += engine.playAll(recorder);
            sum = engine.sum();
            if (recorder != null) {
                recorder.rest(REST_NS);
            }
        }
        return ns;
    }

    @Override
    public long checksum() {
        return sum;
    }
}
