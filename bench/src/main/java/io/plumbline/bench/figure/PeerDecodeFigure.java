package io.plumbline.bench.figure;

import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Target 1: the same messages through whole products, XChange-stream and tardis-dev, as they do it
 * behind their sockets, and through simdjson-java.
 */
final class PeerDecodeFigure implements Figure {
    private static final int TARGET = 1;
    private static final double XCHANGE = 25;
    private static final double TARDIS = 30;

    /** Off-book trades are told by us and passed over by tardis-dev. */
    private static final double SHARE = 0.99;

    @Override
    public String name() {
        return "decode-peers";
    }

    @Override
    public String title() {
        return "bytes to event against other products, processor ns per message";
    }

    @Override
    public List<String> jvm() {
        final List<String> options = new ArrayList<>(Figure.super.jvm());
        if (SimdJson.canRun()) {
            options.add(SimdJson.jvm());
        }
        return options;
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final Corpus corpus = Traffic.mixed(effort);
        final String what = "decode " + corpus.name;
        final String noTardis = NodeReader.tardisMissing();
        if (noTardis != null) {
            return rows(effort, corpus, what, null, noTardis);
        }
        try (NodeReader tardis = NodeReader.tardis(corpus, effort)) {
            return rows(effort, corpus, what, tardis, null);
        }
    }

    private static List<Row> rows(
            final Effort effort,
            final Corpus corpus,
            final String what,
            final NodeReader tardis,
            final String noTardis)
            throws IOException {
        final MessageDecoder decoder = corpus.decoder();
        final Fields fields = new Fields();
        final XchangePeer peer = new XchangePeer();
        final Contest contest = new Contest(effort, corpus.size());
        final int ours =
                contest.add(Contender.inProcess("plumbline", () -> fields.read(corpus, decoder)));
        final Contender stream = Contender.inProcess(XchangePeer.NAME, () -> peer.read(corpus));
        final int xchange = contest.add(stream);
        final int node = tardis == null ? -1 : contest.add(tardis);
        final String noSimd = SimdJson.missing();
        final int simd =
                noSimd != null
                        ? -1
                        : contest.add(
                                Contender.inProcess(
                                        SimdJson.NAME,
                                        SimdJson.reader(corpus, false, effort.work())));
        contest.run();
        whole(stream, corpus);
        final List<Row> rows = new ArrayList<>();
        rows.add(contest.atLeast(TARGET, what, ours, xchange, XCHANGE));
        if (node >= 0) {
            whole(tardis, corpus);
            rows.add(contest.atLeast(TARGET, what, ours, node, TARDIS));
        } else {
            rows.add(out(what, contest.value(ours), NodeReader.TARDIS, noTardis));
        }
        rows.add(
                simd >= 0
                        ? contest.atLeast(0, what, ours, simd, 0)
                        : out(what, contest.value(ours), SimdJson.NAME, noSimd));
        return rows;
    }

    private static Row out(
            final String what, final double ours, final String peer, final String why) {
        return Row.leftOut(what, ours, "ns", peer + ": " + why);
    }

    /** A peer that passes messages over would look fast. */
    private static void whole(final Contender peer, final Corpus corpus) throws IOException {
        if (peer.checksum() < SHARE * corpus.size()) {
            throw new IOException(
                    peer.name() + " read " + peer.checksum() + " messages of " + corpus.size());
        }
    }
}
