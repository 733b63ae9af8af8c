package io.plumbline.bench.figure;

import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Target 1: Binance messages to events, against C and the JSON libraries, mixed and by channel. */
final class DecodeFigure implements Figure {
    private static final int TARGET = 1;

    // Machines gave 1.2 to 2.1 and 5.2 to 7.2.
    private static final double C_GATE = 3;
    private static final double DATABIND_GATE = 4;
    private final String event;

    /**
     * @param event the channel, or null for all as they come
     */
    DecodeFigure(final String event) {
        this.event = event;
    }

    @Override
    public String name() {
        return "decode-" + (event == null ? "mixed" : event);
    }

    @Override
    public String title() {
        return "bytes to event, processor ns per message";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final Corpus corpus =
                event == null ? Traffic.mixed(effort) : Traffic.channel(effort, event);
        final MessageDecoder decoder = corpus.decoder();
        final Fields fields = new Fields();
        final JsonPeers peers = new JsonPeers();
        final Contest contest = new Contest(effort, corpus.size());
        final int ours =
                contest.add(Contender.inProcess("plumbline", () -> fields.read(corpus, decoder)));
        final int fastjson =
                contest.add(
                        Contender.inProcess("fastjson2 streaming", () -> peers.fastjson(corpus)));
        final int streaming =
                contest.add(
                        Contender.inProcess(
                                "Jackson streaming", () -> peers.jacksonStreaming(corpus)));
        final int databind =
                contest.add(Contender.inProcess("Jackson databind", () -> peers.databind(corpus)));
        final String what = "decode " + corpus.name;
        final List<Row> rows = new ArrayList<>();
        if (CReader.canBeBuilt()) {
            try (CReader reader = CReader.of(corpus, effort)) {
                final int c = contest.add(reader);
                contest.run().agree(ours, c);
                rows.add(contest.atMost(TARGET, what, ours, c, 1.15).gatedAt(C_GATE));
            }
        } else {
            contest.run();
        }
        rows.add(contest.atLeast(TARGET, what, ours, databind, 12).gatedAt(DATABIND_GATE));
        rows.add(contest.atLeast(TARGET, what, ours, fastjson, 3.8));
        rows.add(contest.atLeast(0, what, ours, streaming, 0));
        return rows;
    }
}
