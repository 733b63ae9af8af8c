package io.plumbline.bench.figure;

import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Target 2: recorded messages of every venue, per byte, against what C takes per byte of Binance's.
 */
final class VenueDecodeFigure implements Figure {
    private static final int TARGET = 2;
    private static final int MESSAGES = 10_000;
    private static final double LIMIT = 1.6;

    /**
     * Others are answers and signs of life. A decoder that passes messages over would look fast.
     */
    private static final double SHARE = 0.9;

    /** A recording of {@code shared/feeds}. */
    record Recording(String venue, String file) {}

    static final List<Recording> RECORDINGS =
            List.of(
                    new Recording("binance-usdm", "binance/usdm_btcusdt_20240808.gz"),
                    new Recording("binance-spot", "binance/spot_btcusdt_20240808.gz"),
                    new Recording("binance-coinm", "binance/cm_btcusd_perp_20240808.gz"),
                    new Recording("bybit-linear", "bybit/BYBIT.ws.1.0@2025-08-16.zst"),
                    new Recording("okx", "okx/OKEX.ws.1.0@2022-02.zst"),
                    new Recording("coinbase-exchange", "coinbase/COINBASE.ws.28.0@2021.zst"),
                    new Recording("coinbase-advanced", "coinbase/COINBASE.jsonl.zst"),
                    new Recording("kraken", "kraken/KRAKEN-c197c0.0.zst"),
                    new Recording("kraken-futures", "kraken/KRAKEN_FUTURES.jsonl.zst"),
                    new Recording("deribit", "deribit/DERIBIT-5dd9ce.0.zst"),
                    new Recording("bitfinex", "bitfinex/BITFINEX.jsonl.zst"));

    @Override
    public String name() {
        return "decode-venues";
    }

    @Override
    public String title() {
        return "bytes to event by venue, processor ns per byte";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        if (!effort.hasFeeds()) {
            return List.of();
        }
        final List<Row> rows = new ArrayList<>();
        final Corpus mixed = Traffic.mixed(effort);
        for (final Recording recording : RECORDINGS) {
            final Path file = effort.feeds().resolve(recording.file());
            final Corpus corpus =
                    Corpus.recorded(
                            recording.venue(), recording.venue(), file, MESSAGES, text -> true);
            final MessageDecoder decoder = corpus.decoder();
            final Fields fields = new Fields();
            if (fields.count(corpus, decoder) < SHARE * corpus.size()) {
                throw new IOException(
                        corpus.name + ": of " + corpus.size() + " messages too few tell anything");
            }
            final Contest contest = new Contest(effort, corpus.length());
            final int ours =
                    contest.add(
                            Contender.inProcess(corpus.name, () -> fields.read(corpus, decoder)));
            if (CReader.canBeBuilt()) {
                try (CReader reader = CReader.of(mixed, effort)) {
                    final int c = contest.add(reader, mixed.length());
                    contest.run();
                    rows.add(
                            contest.atMost(
                                    TARGET, "decode " + corpus.name + " per byte", ours, c, LIMIT));
                }
            } else {
                contest.run();
                rows.add(
                        Row.told("decode " + corpus.name + " per byte", contest.value(ours), "ns"));
            }
        }
        return rows;
    }
}
