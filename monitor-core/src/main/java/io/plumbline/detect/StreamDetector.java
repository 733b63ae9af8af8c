package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.Reading;
import io.plumbline.market.probe.StreamRule;
import java.util.HashMap;
import java.util.Map;

/**
 * KEY_MISSING: a stream is not there. STREAM_LAG: entries wait too long, for their delivery or
 * their acknowledgement, or nobody could take them. STREAM_TRIMMED_UNREAD: entries were cut off
 * before the group had them.
 *
 * <p>How long an entry waits is taken from its id by the server's own clock; where ids are no
 * times, from how long the same entry has stood first. A lag that Redis does not know is not known
 * here.
 */
public final class StreamDetector implements Detector {
    private static final String MISSING = "group missing";
    private static final String NO_CONSUMER = "no consumer";
    private static final String IDLE = "consumers idle";
    private static final String BEHIND = "consumers behind";
    private static final String UNACKNOWLEDGED = "not acknowledged";
    private static final String TOO_LONG = "too long";
    private static final long MS = 1_000_000L;

    /** Ids before the year 2000 are no times. */
    private static final long EARLIEST_MS = 946_684_800_000L;

    private static final int MOST_GROUPS = 1_024;
    private static final int DETAIL = 64;

    /** A stream and what was last read of it. */
    private static final class Stream {
        private final StreamRule rule;
        private boolean missing;
        private boolean tooLong;
        private long length = Reading.NONE;
        private long added = Reading.NONE;
        private long firstMs = Reading.NONE;
        private long firstSequence;
        private long lastMs = Reading.NONE;
        private long lastSequence;
        private long deletedMs = Reading.NONE;
        private long deletedSequence;

        Stream(final StreamRule rule) {
            this.rule = rule;
        }
    }

    /** A group, and which entry has been its first unread one since when. */
    private static final class Group {
        private final String key;
        private boolean open;
        private long openedNs;
        private long unreadMs = Reading.NONE;
        private long unreadSequence;
        private long unreadSinceNs;
        private long lostTold;

        Group(final String key) {
            this.key = key;
        }
    }

    private final Map<String, Stream> streams = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();

    public StreamDetector(final MarketState state) {
        for (final StreamRule rule : state.surroundings.streams) {
            streams.put(rule.source() + " " + rule.key(), new Stream(rule));
        }
    }

    @Override
    public String name() {
        return "stream";
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
        if (event.type != EventType.PROBE) {
            return;
        }
        final Reading reading = event.reading;
        switch (reading.kind) {
            case STREAM:
                final Stream stream = streams.get(event.source + " " + reading.target());
                if (stream != null) {
                    stream(stream, reading, nowNs, findings);
                }
                break;
            case GROUP:
                final Stream of = streams.get(event.source + " " + reading.target());
                if (of != null) {
                    group(of, reading, nowNs, findings);
                }
                break;
            default:
                break;
        }
    }

    private void stream(
            final Stream stream,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        final boolean missing = reading.value(Measure.EXISTS) == 0;
        if (missing != stream.missing) {
            stream.missing = missing;
            claim(FindingKind.KEY_MISSING, missing, stream.rule.subject(), nowNs, findings);
            findings.publish();
        }
        stream.length = reading.value(Measure.LENGTH);
        stream.added = reading.value(Measure.ADDED);
        stream.firstMs = reading.value(Measure.FIRST_MS);
        stream.firstSequence = reading.value(Measure.FIRST_SEQUENCE, 0);
        stream.lastMs = reading.value(Measure.LAST_MS);
        stream.lastSequence = reading.value(Measure.LAST_SEQUENCE, 0);
        stream.deletedMs = reading.value(Measure.DELETED_MS);
        stream.deletedSequence = reading.value(Measure.DELETED_SEQUENCE, 0);
        final boolean tooLong = stream.rule.most() > 0 && stream.length > stream.rule.most();
        if (tooLong != stream.tooLong) {
            stream.tooLong = tooLong;
            claim(FindingKind.STREAM_LAG, tooLong, stream.rule.subject(), nowNs, findings)
                    .with(Evidence.CAUSE, TOO_LONG)
                    .with(Evidence.COUNT, Math.max(0, stream.length))
                    .with(Evidence.LIMIT, stream.rule.most());
            findings.publish();
        }
    }

    private void group(
            final Stream stream,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        final Group group = known(stream, reading.item());
        if (group == null) {
            return;
        }
        if (reading.value(Measure.EXISTS) == 0) {
            group.unreadMs = Reading.NONE;
            judge(group, stream, MISSING, 0, 0, reading, nowNs, findings);
            return;
        }
        trimmed(stream, group, reading, nowNs, findings);
        final long waitedNs = waitedNs(group, reading, nowNs);
        final long pendingNs = reading.value(Measure.PENDING_IDLE_NS, 0);
        if (waitedNs > stream.rule.lagNs()) {
            judge(
                    group,
                    stream,
                    whoFails(stream.rule, reading),
                    waitedNs,
                    stream.rule.lagNs(),
                    reading,
                    nowNs,
                    findings);
        } else if (pendingNs > stream.rule.pendingNs()) {
            judge(
                    group,
                    stream,
                    UNACKNOWLEDGED,
                    pendingNs,
                    stream.rule.pendingNs(),
                    reading,
                    nowNs,
                    findings);
        } else {
            judge(group, stream, null, 0, 0, reading, nowNs, findings);
        }
    }

    private static String whoFails(final StreamRule rule, final Reading reading) {
        if (reading.value(Measure.CONSUMERS) == 0) {
            return NO_CONSUMER;
        }
        return reading.value(Measure.IDLE_NS, 0) > rule.idleNs() ? IDLE : BEHIND;
    }

    private Group known(final Stream stream, final String name) {
        final String key = stream.rule.source() + " " + stream.rule.subject() + "/" + name;
        final Group known = groups.get(key);
        if (known != null || groups.size() == MOST_GROUPS) {
            return known;
        }
        final Group group = new Group(stream.rule.subject() + "/" + name);
        groups.put(key, group);
        return group;
    }

    /** For how long the first unread entry has waited. */
    private static long waitedNs(final Group group, final Reading reading, final long nowNs) {
        final long unreadMs = reading.value(Measure.UNREAD_MS);
        final long sequence = reading.value(Measure.UNREAD_SEQUENCE, 0);
        if (unreadMs == Reading.NONE) {
            group.unreadMs = Reading.NONE;
            return 0;
        }
        if (group.unreadMs != unreadMs || group.unreadSequence != sequence) {
            group.unreadMs = unreadMs;
            group.unreadSequence = sequence;
            group.unreadSinceNs = nowNs;
        }
        final long stoodNs = nowNs - group.unreadSinceNs;
        return unreadMs < EARLIEST_MS || !reading.has(Measure.SERVER_NS)
                ? stoodNs
                : Math.max(stoodNs, reading.value(Measure.SERVER_NS) - unreadMs * MS);
    }

    /**
     * Entries are proven lost where Redis counts them (7.0 and later), or where the entry that was
     * the first unread one is gone and was not given. What XDEL took was taken on purpose.
     */
    private void trimmed(
            final Stream stream,
            final Group group,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        final long deliveredMs = reading.value(Measure.DELIVERED_MS, 0);
        final long delivered = reading.value(Measure.DELIVERED_SEQUENCE, 0);
        final boolean allUnread =
                stream.firstMs == Reading.NONE
                        ? after(stream.lastMs, stream.lastSequence, deliveredMs, delivered)
                        : after(stream.firstMs, stream.firstSequence, deliveredMs, delivered);
        if (!allUnread || after(stream.deletedMs, stream.deletedSequence, deliveredMs, delivered)) {
            return;
        }
        final boolean counted =
                stream.added != Reading.NONE
                        && stream.length != Reading.NONE
                        && reading.has(Measure.READ);
        if (counted) {
            final long lost = stream.added - stream.length - reading.value(Measure.READ);
            if (lost > group.lostTold) {
                lost(group, lost - group.lostTold, nowNs, findings);
            }
            group.lostTold = Math.max(0, lost);
        } else if (group.unreadMs != Reading.NONE
                && after(group.unreadMs, group.unreadSequence, deliveredMs, delivered)
                && (stream.firstMs == Reading.NONE
                        || after(
                                stream.firstMs,
                                stream.firstSequence,
                                group.unreadMs,
                                group.unreadSequence))) {
            lost(group, 0, nowNs, findings);
        }
    }

    private void lost(
            final Group group, final long count, final long nowNs, final FindingSink findings) {
        final Finding finding =
                findings.claim(FindingKind.STREAM_TRIMMED_UNREAD, Edge.EVENT, name(), nowNs);
        finding.key = group.key;
        if (count > 0) {
            finding.with(Evidence.MISSING_COUNT, count);
        }
        findings.publish();
    }

    private static boolean after(
            final long ms, final long sequence, final long otherMs, final long otherSequence) {
        return ms != Reading.NONE
                && (Long.compareUnsigned(ms, otherMs) > 0
                        || ms == otherMs && Long.compareUnsigned(sequence, otherSequence) > 0);
    }

    /** One state per group: opened with its first cause, closed when none holds. */
    private void judge(
            final Group group,
            final Stream stream,
            final String cause,
            final long ageNs,
            final long thresholdNs,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        final boolean bad = cause != null;
        if (bad == group.open) {
            return;
        }
        group.open = bad;
        final Finding finding =
                claim(FindingKind.STREAM_LAG, bad, group.key, nowNs, findings)
                        .with(Evidence.CAUSE, cause);
        if (!bad) {
            finding.with(Evidence.LASTED_NS, nowNs - group.openedNs);
        } else {
            group.openedNs = nowNs;
            if (thresholdNs > 0) {
                finding.with(Evidence.AGE_NS, ageNs).with(Evidence.THRESHOLD_NS, thresholdNs);
            }
            number(finding, Evidence.WAITING, reading.value(Measure.LAG));
            number(finding, Evidence.PENDING, reading.value(Measure.PENDING));
            number(finding, Evidence.CONSUMERS, reading.value(Measure.CONSUMERS));
            if (reading.textLength > 0) {
                finding.with(Evidence.CONSUMER, cut(reading.text()));
            }
            if (stream.length != Reading.NONE) {
                finding.with(Evidence.COUNT, stream.length);
            }
        }
        findings.publish();
    }

    private static String cut(final String text) {
        return text.length() <= DETAIL ? text : text.substring(0, DETAIL) + "...";
    }

    private static void number(final Finding finding, final Evidence name, final long value) {
        if (value != Reading.NONE) {
            finding.with(name, value);
        }
    }

    private Finding claim(
            final FindingKind kind,
            final boolean opens,
            final String key,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = findings.claim(kind, opens ? Edge.OPEN : Edge.CLOSE, name(), nowNs);
        finding.key = key;
        return finding;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        StreamSentence.append(finding, out);
    }
}
