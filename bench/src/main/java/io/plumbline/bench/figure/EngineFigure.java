package io.plumbline.bench.figure;

import io.plumbline.bench.Recorder;
import io.plumbline.bench.World;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Target 3: decode, market state and every detector on one thread, and the append to the journal as
 * well, against decoding alone; recorded messages.
 */
final class EngineFigure implements Figure {
    private static final int TARGET = 3;
    private static final double LIMIT = 1.5;
    private static final double JOURNAL_LIMIT = 2;
    private static final double GATE = 3;

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String title() {
        return "bytes to verdict on one thread, processor ns per message";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final Corpus corpus = Traffic.mixed(effort);
        final MessageDecoder decoder = corpus.decoder();
        final JsonPeers peers = new JsonPeers();
        final Contest contest = new Contest(effort, corpus.size());
        final int decode = contest.add(Fields.summedUp(corpus, decoder));
        final int bare = contest.add(Fields.unread(corpus, decoder));
        final int engine = contest.add(new EnginePasses(corpus, null));
        final int databind =
                contest.add(
                        Contender.inProcess(
                                "Jackson databind alone", () -> peers.databind(corpus)));
        final Path folder = Files.createTempDirectory(effort.work(), "journal");
        try (Recorder recorder = new Recorder(folder, new World(1, "250ms"))) {
            final int journal = contest.add(new EnginePasses(corpus, recorder));
            contest.run();
            return List.of(
                    contest.atMost(TARGET, "decode + state + detectors", engine, decode, LIMIT)
                            .gatedAt(GATE),
                    contest.atMost(
                            TARGET,
                            "decode + state + detectors + journal",
                            journal,
                            decode,
                            JOURNAL_LIMIT),
                    contest.atMost(0, "decode + state + detectors", engine, bare, 0),
                    contest.atLeast(0, "decode + state + detectors", engine, databind, 0));
        }
    }
}
