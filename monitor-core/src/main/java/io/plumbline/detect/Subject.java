package io.plumbline.detect;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketState;
import io.plumbline.market.Sources;
import io.plumbline.market.WatchedKeys;

/** Says what a finding is about, in names that already exist. Allocates nothing. */
final class Subject {
    private Subject() {}

    static Finding instrument(
            final Finding finding,
            final MarketState state,
            final int instrument,
            final Channel channel) {
        final Instruments.Instrument subject = state.instruments.instrument(instrument);
        finding.venue = subject.venue();
        finding.instrument = subject.symbol();
        finding.channel = channel;
        return finding;
    }

    static Finding key(final Finding finding, final MarketState state, final int key) {
        final WatchedKeys.WatchedKey subject = state.keys.key(key);
        finding.key = subject.name();
        finding.writer = subject.writer();
        return instrument(finding, state, subject.instrument(), Channel.NONE);
    }

    static Finding source(final Finding finding, final MarketState state, final int source) {
        final Sources.Source subject = state.sources.source(source);
        finding.venue = subject.venue();
        finding.key = subject.connection();
        return finding;
    }

    /** "BTC/USDT:USDT on binance-usdm", or "connection public of okx", for sentences. */
    static StringBuilder append(final StringBuilder out, final Finding finding) {
        if (finding.instrument.isEmpty()) {
            return out.append("connection ")
                    .append(finding.key)
                    .append(" of ")
                    .append(finding.venue);
        }
        return out.append(finding.instrument).append(" on ").append(finding.venue);
    }

    /** " at 10.0.0.7:7001" where the finding names a node of a Cluster, else nothing. */
    static StringBuilder node(final StringBuilder out, final Finding finding) {
        final String node = finding.text(Evidence.NODE);
        return "?".equals(node) ? out : out.append(" at ").append(node);
    }

    /** Nanoseconds as a short duration for people: "412 ms", "3.2 s", "2 min 5 s". */
    static StringBuilder duration(final StringBuilder out, final long nanos) {
        final long ms = nanos / 1_000_000;
        if (ms < 1_000) {
            return out.append(ms).append(" ms");
        }
        if (ms < 120_000) {
            return out.append(ms / 1_000).append('.').append(ms % 1_000 / 100).append(" s");
        }
        return out.append(ms / 60_000).append(" min ").append(ms % 60_000 / 1_000).append(" s");
    }
}
