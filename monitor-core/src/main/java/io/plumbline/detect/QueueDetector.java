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
import io.plumbline.market.probe.QueueRule;
import io.plumbline.market.probe.Reading;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * QUEUE_STUCK: commands wait in a list and nobody takes them in time, or a command was taken and
 * its result did not come.
 *
 * <p>The age of the head is taken from the time in its payload, else from how long the same head
 * has stood. A consumer that waits in a pop gets an element at once, so while elements stand,
 * clients that wait in a pop wait for another list: most likely the two sides do not mean the same
 * name.
 */
public final class QueueDetector implements Detector {
    static final String NO_CONSUMER = "no consumer";
    static final String ELSEWHERE = "consumers wait elsewhere";
    static final String UNKNOWN = "not taken";
    static final String TOO_LONG = "too long";
    static final String NO_RESULT = "no result";
    private static final int MOST_TAKEN = 256;
    private static final int DETAIL = 100;

    /** A queue and what was last read of it. */
    private static final class Queue {
        private final QueueRule rule;
        private final Map<String, Taken> taken = new LinkedHashMap<>();

        /** The latest results: one may be told before its command is missed in the queue. */
        private final Set<String> came = new LinkedHashSet<>();

        private boolean open;
        private boolean resultsOpen;
        private long openedNs;
        private long resultsOpenedNs;
        private long headHash;
        private long headSinceNs;
        private boolean hasHead;

        Queue(final QueueRule rule) {
            this.rule = rule;
        }
    }

    /** A command that is gone from its queue and has no result yet. */
    private static final class Taken {
        private final long atNs;
        private String other = "";

        Taken(final long atNs) {
            this.atNs = atNs;
        }
    }

    private final Map<String, Queue> queues = new HashMap<>();
    private final Queue[] all;

    public QueueDetector(final MarketState state) {
        for (final QueueRule rule : state.surroundings.queues) {
            queues.put(rule.source() + " " + rule.key(), new Queue(rule));
        }
        all = queues.values().toArray(new Queue[0]);
    }

    @Override
    public String name() {
        return "queue";
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
        if (all.length == 0) {
            return;
        }
        if (event.type == EventType.TIMER) {
            for (final Queue queue : all) {
                if (!queue.taken.isEmpty()) {
                    overdue(queue, nowNs, findings);
                }
            }
        } else if (event.type == EventType.PROBE) {
            final Queue queue = queues.get(event.source + " " + event.reading.target());
            if (queue != null) {
                read(queue, event.reading, nowNs, findings);
            }
        }
    }

    private void read(
            final Queue queue,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        switch (reading.kind) {
            case QUEUE:
                queue(queue, reading, nowNs, findings);
                break;
            case RESULT:
                result(queue, reading, nowNs, findings);
                break;
            default:
                break;
        }
    }

    private void queue(
            final Queue queue,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        final long length = reading.value(Measure.LENGTH, 0);
        final long ageNs = length == 0 ? 0 : ageNs(queue, reading, nowNs);
        if (length == 0) {
            queue.hasHead = false;
        }
        final String cause;
        if (ageNs > queue.rule.ageNs()) {
            cause =
                    !reading.has(Measure.CONSUMERS)
                            ? UNKNOWN
                            : reading.value(Measure.CONSUMERS) == 0 ? NO_CONSUMER : ELSEWHERE;
        } else {
            cause = length > queue.rule.most() ? TOO_LONG : null;
        }
        if ((cause != null) == queue.open) {
            return;
        }
        queue.open = cause != null;
        final Finding finding = claim(queue.open, queue.rule.subject(), nowNs, findings);
        if (queue.open) {
            queue.openedNs = nowNs;
            finding.with(Evidence.CAUSE, cause)
                    .with(Evidence.COUNT, length)
                    .with(Evidence.AGE_NS, ageNs)
                    .with(Evidence.THRESHOLD_NS, queue.rule.ageNs())
                    .with(Evidence.LIMIT, queue.rule.most());
            if (reading.has(Measure.CONSUMERS)) {
                finding.with(Evidence.CONSUMERS, reading.value(Measure.CONSUMERS));
            }
        } else {
            finding.with(Evidence.LASTED_NS, nowNs - queue.openedNs);
        }
        findings.publish();
    }

    private static long ageNs(final Queue queue, final Reading reading, final long nowNs) {
        long hash = 1_125_899_906_842_597L;
        for (int i = 0; i < reading.textLength; i++) {
            hash = 31 * hash + reading.bytes[reading.textOffset + i];
        }
        if (!queue.hasHead || queue.headHash != hash) {
            queue.hasHead = true;
            queue.headHash = hash;
            queue.headSinceNs = nowNs;
        }
        return reading.has(Measure.CONTENT_NS)
                ? reading.value(Measure.SERVER_NS, nowNs) - reading.value(Measure.CONTENT_NS)
                : nowNs - queue.headSinceNs;
    }

    private void result(
            final Queue queue,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        final String id = reading.item();
        if (reading.value(Measure.EXISTS) == 1) {
            queue.taken.remove(id);
            queue.came.remove(id);
            queue.came.add(id);
            if (queue.came.size() > MOST_TAKEN) {
                final Iterator<String> oldest = queue.came.iterator();
                oldest.next();
                oldest.remove();
            }
            if (queue.resultsOpen) {
                queue.resultsOpen = false;
                claim(false, queue.rule.results(), nowNs, findings)
                        .with(Evidence.CAUSE, NO_RESULT)
                        .with(Evidence.LASTED_NS, nowNs - queue.resultsOpenedNs);
                findings.publish();
            }
            return;
        }
        final Taken known = queue.taken.get(id);
        if (known != null) {
            known.other = reading.text();
        } else if (!queue.came.contains(id) && queue.taken.size() < MOST_TAKEN) {
            queue.taken.put(id, new Taken(nowNs));
        }
    }

    private void overdue(final Queue queue, final long nowNs, final FindingSink findings) {
        final Iterator<Map.Entry<String, Taken>> each = queue.taken.entrySet().iterator();
        while (each.hasNext()) {
            final Map.Entry<String, Taken> entry = each.next();
            final long agoNs = nowNs - entry.getValue().atNs;
            if (agoNs <= queue.rule.resultNs()) {
                return;
            }
            each.remove();
            if (!queue.resultsOpen) {
                queue.resultsOpen = true;
                queue.resultsOpenedNs = nowNs;
                final Finding finding =
                        claim(true, queue.rule.results(), nowNs, findings)
                                .with(Evidence.CAUSE, NO_RESULT)
                                .with(Evidence.AGE_NS, agoNs)
                                .with(Evidence.SAMPLE, cut(entry.getKey()));
                final String other = entry.getValue().other;
                finding.with(Evidence.DETAIL, other.isEmpty() ? null : cut(other));
                findings.publish();
            }
        }
    }

    private static String cut(final String text) {
        return text.length() <= DETAIL ? text : text.substring(0, DETAIL) + "...";
    }

    private Finding claim(
            final boolean opens, final String key, final long nowNs, final FindingSink findings) {
        final Finding finding =
                findings.claim(
                        FindingKind.QUEUE_STUCK, opens ? Edge.OPEN : Edge.CLOSE, name(), nowNs);
        finding.key = key;
        return finding;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        final boolean results = NO_RESULT.equals(finding.text(Evidence.CAUSE));
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(results ? "Results come again as " : "Queue ")
                            .append(finding.key)
                            .append(results ? " after " : " is taken from in time again after "),
                    finding.number(Evidence.LASTED_NS, 0));
        } else if (results) {
            noResult(finding, out);
        } else {
            stuck(finding, out);
        }
    }

    private static void noResult(final Finding finding, final StringBuilder out) {
        Subject.duration(
                out.append("Command ")
                        .append(finding.text(Evidence.SAMPLE))
                        .append(" was taken and no result came as ")
                        .append(finding.key)
                        .append(" for "),
                finding.number(Evidence.AGE_NS, 0));
        final String other = finding.text(Evidence.DETAIL);
        if ("?".equals(other)) {
            out.append(
                    "; look at the consumer's log for this command, and at the name of its"
                            + " results");
        } else {
            out.append("; its id stands in key ")
                    .append(other)
                    .append(
                            ": compare the name that the consumer writes with the one that is"
                                    + " read");
        }
    }

    private static void stuck(final Finding finding, final StringBuilder out) {
        out.append("Queue ")
                .append(finding.key)
                .append(" holds ")
                .append(finding.text(Evidence.COUNT))
                .append(" commands, the first for ");
        Subject.duration(out, finding.number(Evidence.AGE_NS, 0));
        switch (finding.text(Evidence.CAUSE)) {
            case NO_CONSUMER:
                out.append(
                        "; no client waits in a pop: the consumer is down, or busy with a command");
                break;
            case ELSEWHERE:
                out.append("; ")
                        .append(finding.text(Evidence.CONSUMERS))
                        .append(
                                " clients wait in a pop of another list: compare the queue's name"
                                        + " in the route with the one that the consumer pops");
                break;
            case TOO_LONG:
                out.append("; more than ").append(finding.text(Evidence.LIMIT)).append(" may wait");
                break;
            default:
                out.append(
                        "; nobody takes it: is the consumer up, and is its queue's name the"
                                + " route's?");
                break;
        }
    }
}
