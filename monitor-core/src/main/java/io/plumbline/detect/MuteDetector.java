package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.Severity;
import io.plumbline.market.Channel;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.SessionState;
import io.plumbline.market.Sources;
import java.util.Arrays;

/**
 * FEED_MUTE: a connection is open, answers pings, and gives no data; or a third of its active
 * symbols fell silent together. One finding for all of them. Heartbeats do not count.
 */
public final class MuteDetector implements Detector {
    private static final int FEWEST_SYMBOLS = 3;
    private static final int SHARE = 3;

    private final MarketState state;
    private final Silence silence;
    private final long[] sinceNs;
    private final int[] active;
    private final int[] silent;
    private final long[] eventsAtOpen;

    public MuteDetector(final MarketState state, final Silence silence) {
        this.state = state;
        this.silence = silence;
        sinceNs = new long[state.sources.size()];
        active = new int[sinceNs.length];
        silent = new int[sinceNs.length];
        eventsAtOpen = new long[sinceNs.length];
    }

    @Override
    public String name() {
        return "mute";
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        switch (event.type) {
            case MARKET:
            case COPY:
                if (event.instrument >= 0 && event.channel != Channel.DEPTH_SNAPSHOT) {
                    silence.onData(event, nowNs);
                }
                break;
            case KEY_VALUE:
                silence.onKey(event, nowNs);
                break;
            case SESSION:
                if (event.session == SessionState.SUBSCRIBED) {
                    silence.restart(event.source, nowNs);
                }
                break;
            case TIMER:
                silence.onTick(nowNs);
                count();
                for (int source = 0; source < sinceNs.length; source++) {
                    if (state.sources.source(source).kind() == Sources.Kind.VENUE) {
                        judge(source, nowNs, findings);
                    }
                }
                break;
            default:
                break;
        }
    }

    /** Counts each symbol of a connection once: silent when all its streams there are. */
    private void count() {
        Arrays.fill(active, 0);
        Arrays.fill(silent, 0);
        for (int i = 0; i < silence.size(); i++) {
            if (!state.twins.isPaired(silence.lane(i).source)) {
                count(silence.lane(i));
            }
        }
        for (int i = 0; i < silence.copies(); i++) {
            count(silence.copy(i));
        }
    }

    private void count(final Lane lane) {
        if (lane.events > Silence.SIBLING_MOVES && silence.isFirst(lane)) {
            active[lane.source]++;
            silent[lane.source] += silence.allSilent(lane.instrument, lane.source) ? 1 : 0;
        }
    }

    private void judge(final int source, final long nowNs, final FindingSink findings) {
        final Lane connection = silence.connection(source);
        if (connection.events == 0) {
            return;
        }
        final long floorNs = silence.thresholds.connectionNs();
        final long thresholdNs =
                silence.thresholds.symbolNs() > 0
                        ? floorNs
                        : connection.thresholdNs(floorNs, silence.thresholds.capNs());
        final boolean up = state.sessions.isUp(source);
        final boolean quiet =
                nowNs - connection.lastNs > thresholdNs
                        || silent[source] >= FEWEST_SYMBOLS
                                && silent[source] * SHARE >= active[source];
        if (quiet && up && !silence.isMute(source)) {
            silence.mute(source, true);
            sinceNs[source] = connection.lastNs;
            eventsAtOpen[source] = connection.events;
            final Finding finding = findings.claim(FindingKind.FEED_MUTE, Edge.OPEN, name(), nowNs);
            if (silence.otherSpeaks(source)) {
                finding.severity = Severity.MEDIUM;
            }
            Subject.source(finding, state, source)
                    .with(Evidence.AGE_NS, nowNs - connection.lastNs)
                    .with(Evidence.THRESHOLD_NS, thresholdNs)
                    .with(Evidence.SYMBOLS, silent[source])
                    .with(Evidence.ACTIVE_SYMBOLS, active[source]);
            findings.publish();
        } else if (silence.isMute(source)
                && (!up || !quiet && connection.events > eventsAtOpen[source])) {
            silence.mute(source, false);
            silence.restart(source, nowNs);
            final Finding finding =
                    findings.claim(FindingKind.FEED_MUTE, Edge.CLOSE, name(), nowNs);
            Subject.source(finding, state, source)
                    .with(Evidence.LASTED_NS, nowNs - sinceNs[source])
                    .with(Evidence.DETAIL, up ? "data flows again" : "the connection was given up");
            findings.publish();
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Connection ").append(finding.key).append(" of ").append(finding.venue);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(out.append(" was mute for "), finding.number(Evidence.LASTED_NS, 0))
                    .append("; ")
                    .append(finding.text(Evidence.DETAIL));
        } else {
            Subject.duration(
                            out.append(" is open and mute: no data for "),
                            finding.number(Evidence.AGE_NS, 0))
                    .append(", ")
                    .append(finding.text(Evidence.SYMBOLS))
                    .append(" of ")
                    .append(finding.text(Evidence.ACTIVE_SYMBOLS))
                    .append(" active symbols silent");
        }
    }
}
