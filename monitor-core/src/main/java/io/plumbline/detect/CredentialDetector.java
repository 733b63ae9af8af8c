package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MonitorFact;
import java.time.Instant;
import java.util.Arrays;

/**
 * What lets the monitor in at a venue runs out: CREDENTIAL_EXPIRING before that, CREDENTIAL_EXPIRED
 * when it has. Both close when a renewed one is used. Fed by {@link MonitorFact#CREDENTIAL_UNTIL};
 * a credential without an end is not watched. Ends are told in wall clock time, so the timer's wall
 * clock decides.
 */
public final class CredentialDetector implements Detector {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LATEST_S = Long.MAX_VALUE / SECOND_NS;
    private static final String KEY = "token";

    private final MarketState state;
    private final long warnBeforeNs;
    private final long[] untilNs;
    private final String[] until;
    private final long[] expiringNs;
    private final long[] expiredNs;

    /**
     * @param warnBeforeNs how long before its end a credential is told
     */
    public CredentialDetector(final MarketState state, final long warnBeforeNs) {
        this.state = state;
        this.warnBeforeNs = warnBeforeNs;
        final int sources = state.sources.size();
        untilNs = new long[sources];
        until = new String[sources];
        expiringNs = new long[sources];
        expiredNs = new long[sources];
        for (final long[] none : new long[][] {untilNs, expiringNs, expiredNs}) {
            Arrays.fill(none, MarketEvent.NONE);
        }
    }

    @Override
    public String name() {
        return "credential";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.MONITOR && event.fact == MonitorFact.CREDENTIAL_UNTIL) {
            learn(event);
            judge(event.source, nowNs, nowNs, findings);
        } else if (event.type == EventType.TIMER) {
            final long wallNs = event.venueNs == MarketEvent.NONE ? nowNs : event.venueNs;
            for (int source = 0; source < untilNs.length; source++) {
                if (untilNs[source] != MarketEvent.NONE) {
                    judge(source, wallNs, nowNs, findings);
                }
            }
        }
    }

    /** Seconds since the epoch; anything else means that the end is not known. */
    private void learn(final MarketEvent event) {
        final String text = event.text(event.length);
        final int space = text.indexOf(' ');
        long seconds = 0;
        try {
            seconds = Long.parseLong(space < 0 ? text : text.substring(0, space));
        } catch (final NumberFormatException notKnown) {
            // Stays 0.
        }
        final boolean known = seconds > 0 && seconds < LATEST_S;
        untilNs[event.source] = known ? seconds * SECOND_NS : MarketEvent.NONE;
        until[event.source] =
                known ? Instant.ofEpochSecond(seconds).toString() : "an end that is not known";
    }

    private void judge(
            final int source, final long wallNs, final long nowNs, final FindingSink findings) {
        final long leftNs =
                untilNs[source] == MarketEvent.NONE ? Long.MAX_VALUE : untilNs[source] - wallNs;
        final boolean expired = leftNs <= 0;
        final boolean expiring =
                leftNs <= warnBeforeNs && (!expired || expiringNs[source] != MarketEvent.NONE);
        edge(
                FindingKind.CREDENTIAL_EXPIRING,
                expiringNs,
                expiring,
                source,
                leftNs,
                nowNs,
                findings);
        edge(FindingKind.CREDENTIAL_EXPIRED, expiredNs, expired, source, leftNs, nowNs, findings);
    }

    private void edge(
            final FindingKind kind,
            final long[] sinceNs,
            final boolean now,
            final int source,
            final long leftNs,
            final long nowNs,
            final FindingSink findings) {
        final boolean open = sinceNs[source] != MarketEvent.NONE;
        if (open == now) {
            return;
        }
        final Finding finding = findings.claim(kind, now ? Edge.OPEN : Edge.CLOSE, name(), nowNs);
        finding.venue = state.sources.source(source).venue();
        finding.key = KEY;
        if (now) {
            sinceNs[source] = nowNs;
            finding.with(Evidence.TTL_NS, Math.max(0, leftNs))
                    .with(Evidence.THRESHOLD_NS, warnBeforeNs);
        } else {
            finding.with(Evidence.LASTED_NS, nowNs - sinceNs[source]);
            sinceNs[source] = MarketEvent.NONE;
        }
        finding.with(Evidence.DETAIL, until[source]);
        findings.publish();
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("The token of ").append(finding.venue);
        final String end = finding.text(Evidence.DETAIL);
        if (finding.edge == Edge.CLOSE) {
            out.append(" was renewed, until ").append(end);
        } else if (finding.kind == FindingKind.CREDENTIAL_EXPIRED) {
            out.append(" has run out at ")
                    .append(end)
                    .append(": a connection that ends now cannot be made again; renew it");
        } else {
            Subject.duration(out.append(" runs out in "), finding.number(Evidence.TTL_NS, 0))
                    .append(", at ")
                    .append(end)
                    .append("; renew it");
        }
    }
}
