package io.plumbline.app.replay;

import io.plumbline.app.config.Config;
import io.plumbline.detect.Detector;
import io.plumbline.finding.Finding;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.Board;
import io.plumbline.market.MarketState;
import io.plumbline.metrics.LatencyRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Watches a replay for people: a report, a progress bar. What it does must not change a finding.
 * Replay thread.
 */
public interface Onlooker {
    /** Sees nothing. */
    Onlooker NONE = new Onlooker() {};

    /**
     * A run of the monitor, before its first message.
     *
     * @param describe appends the sentence of a finding
     */
    record Run(
            Config config,
            MarketState state,
            Board board,
            List<LatencyRecorder> latencies,
            BiConsumer<Finding, StringBuilder> describe) {}

    /** A run begins; returns who is to see its events after all detectors, publishing nothing. */
    default List<Detector> onRun(final Run run) {
        return List.of();
    }

    /**
     * A message was judged.
     *
     * @param told whether it lies in the time that is told of, not in the silent beginning
     */
    default void onMessage(final InboundMessage message, final long nowNs, final boolean told) {}

    /** Something was found; the finding is the caller's again on return. */
    default void onFinding(final Finding finding, final CharSequence text) {}

    /** The run is over; its state is still there. */
    default void onRunEnd() {}

    /** Both see the same replay, {@code first} before {@code second}. */
    static Onlooker both(final Onlooker first, final Onlooker second) {
        return new Onlooker() {
            @Override
            public List<Detector> onRun(final Run run) {
                final List<Detector> all = new ArrayList<>(first.onRun(run));
                all.addAll(second.onRun(run));
                return all;
            }

            @Override
            public void onMessage(
                    final InboundMessage message, final long nowNs, final boolean told) {
                first.onMessage(message, nowNs, told);
                second.onMessage(message, nowNs, told);
            }

            @Override
            public void onFinding(final Finding finding, final CharSequence text) {
                first.onFinding(finding, text);
                second.onFinding(finding, text);
            }

            @Override
            public void onRunEnd() {
                first.onRunEnd();
                second.onRunEnd();
            }
        };
    }
}
