package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.Severity;
import io.plumbline.market.EventType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Observations;
import io.plumbline.market.Verdict;
import io.plumbline.market.naming.Meant;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.NamesRule;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * KEY_MISNAMED: a key that nobody reads has a name that a watched key was meant by. Beside a good
 * right key that is LOW; where the right one is missing or frozen it is the cause, HIGH once the
 * wrong one is proven to live since (its value changes, its life is renewed), MEDIUM before. What
 * lives beside the right one has a writer of its own, and what stood there before the right one's
 * last write has replaced nothing: neither is the cause. Told under the right name, closed when it
 * is the cause no more or the last wrong one is gone. Readings are rare; this may allocate.
 */
public final class MisnamedDetector implements Detector {
    private static final int MOST = 1_024;
    private static final int LONGEST_SAMPLE = 64;
    private static final long RENEWED_NS = 1_000_000L;

    /** So long do a renamed key and its successor stand beside each other in a good deployment. */
    private static final long HANDOVER_NS = 10_000_000_000L;

    /** Readings in a row between which both were written; a renaming gives one. */
    private static final int LIVED_BESIDE = 3;

    private static final class Found {
        final String name;
        final Meant meant;
        final NamesRule rule;
        final long sinceNs;
        String value = "";
        String node = "";
        long expiresAtNs = MarketEvent.NONE;
        long readNs;

        /** The reading after which it was last proven to be written; NONE before. */
        long writtenAfterNs = MarketEvent.NONE;

        /** Up to {@link #LIVED_BESIDE}, and then for good. */
        int livedBeside;

        Found(final String name, final Meant meant, final NamesRule rule, final long sinceNs) {
            this.name = name;
            this.meant = meant;
            this.rule = rule;
            this.sinceNs = sinceNs;
            readNs = sinceNs;
        }

        boolean hasItsOwnWriter() {
            return livedBeside == LIVED_BESIDE;
        }

        /** Whether it was written where this key was not any more. */
        boolean livesSince(final long keyWrittenNs) {
            return writtenAfterNs != MarketEvent.NONE
                    && (keyWrittenNs == MarketEvent.NONE || writtenAfterNs >= keyWrittenNs);
        }

        boolean stoodLongBefore(final long keyWrittenNs) {
            return keyWrittenNs != MarketEvent.NONE && keyWrittenNs - sinceNs >= HANDOVER_NS;
        }
    }

    private static final class Key {
        final List<Found> found = new ArrayList<>(1);
        long absentSinceNs;
        Severity open;
        long openSinceNs;
    }

    private final MarketState state;
    private final long graceNs;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Map<Integer, Key> keys = new LinkedHashMap<>();
    private final boolean[] blind;

    /**
     * @param graceNs how long the absence of a right key is provisional
     */
    public MisnamedDetector(final MarketState state, final long graceNs) {
        this.state = state;
        this.graceNs = graceNs;
        blind = new boolean[state.sources.size()];
    }

    @Override
    public String name() {
        return "misnamed";
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
        if (event.type == EventType.TIMER && !keys.isEmpty()) {
            for (final Map.Entry<Integer, Key> each : keys.entrySet()) {
                judge(each.getKey(), each.getValue(), nowNs, findings);
            }
        } else if (event.type == EventType.PROBE && event.reading.kind == ProbeKind.KEY_NAME) {
            read(event, nowNs, findings);
        } else if (event.type == EventType.PROBE && event.reading.kind == ProbeKind.KEY_SCAN) {
            sight(event, nowNs, findings);
        }
    }

    private void read(final MarketEvent event, final long nowNs, final FindingSink findings) {
        final Reading reading = event.reading;
        final String name = reading.target();
        final String id = event.source + " " + name;
        final Found known = found.get(id);
        if (reading.value(Measure.EXISTS, 1) == 0) {
            if (known != null) {
                found.remove(id);
                forget(known, nowNs, findings);
            }
            return;
        }
        final Found now = known == null ? meet(id, name, event) : known;
        if (now == null) {
            return;
        }
        final String value = reading.text();
        boolean written = known != null && !value.isEmpty() && !value.equals(now.value);
        now.value = value;
        now.node = reading.node();
        final long lifeNs = reading.value(Measure.TTL_NS, Reading.NONE);
        final boolean dies = lifeNs != Reading.NONE && lifeNs != Long.MAX_VALUE;
        final long expiresAtNs = dies ? event.receivedNs + lifeNs : MarketEvent.NONE;
        written |=
                dies
                        && now.expiresAtNs != MarketEvent.NONE
                        && expiresAtNs > now.expiresAtNs + RENEWED_NS;
        now.expiresAtNs = expiresAtNs;
        if (!now.hasItsOwnWriter() && areWrittenSince(now)) {
            now.livedBeside = written ? now.livedBeside + 1 : 0;
        }
        now.writtenAfterNs = written ? now.readNs : now.writtenAfterNs;
        now.readNs = event.receivedNs;
    }

    private boolean areWrittenSince(final Found each) {
        for (final int at : each.meant.keys()) {
            final Observations.Observation right = state.observations.key(each.rule.keys().get(at));
            if (right.writtenNs == MarketEvent.NONE || right.writtenNs < each.readNs) {
                return false;
            }
        }
        return true;
    }

    private Found meet(final String id, final String name, final MarketEvent event) {
        for (final NamesRule rule : state.surroundings.names) {
            final Meant meant = rule.source() == event.source ? rule.names().meant(name) : null;
            if (meant != null && found.size() < MOST) {
                final Found fresh = new Found(name, meant, rule, event.receivedNs);
                found.put(id, fresh);
                for (final int key : meant.keys()) {
                    keys.computeIfAbsent(rule.keys().get(key), k -> new Key()).found.add(fresh);
                }
                return fresh;
            }
        }
        return null;
    }

    private void forget(final Found gone, final long nowNs, final FindingSink findings) {
        for (final int at : gone.meant.keys()) {
            final int id = gone.rule.keys().get(at);
            final Key key = keys.get(id);
            key.found.remove(gone);
            if (key.found.isEmpty()) {
                keys.remove(id);
                close(id, key, nowNs, findings);
            }
        }
    }

    private void judge(final int id, final Key key, final long nowNs, final FindingSink findings) {
        final Observations.Observation observation = state.observations.key(id);
        final boolean absent =
                observation.state != KeyState.PRESENT && observation.state != KeyState.UNKNOWN;
        key.absentSinceNs = !absent ? 0 : key.absentSinceNs == 0 ? nowNs : key.absentSinceNs;
        final boolean missing = key.absentSinceNs != 0 && nowNs - key.absentSinceNs >= graceNs;
        if (absent && !missing) {
            return;
        }
        final boolean bad = isBad(id);
        if (key.open != null && key.open != Severity.LOW && isGood(observation)) {
            close(id, key, nowNs, findings);
        }
        Found worst = null;
        Severity severity = null;
        for (final Found each : key.found) {
            final Severity said =
                    bad
                            ? asTheCause(each, observation.writtenNs)
                            : each.meant.doubtful() || !isFirstOfGood(id, each)
                                    ? null
                                    : Severity.LOW;
            if (said != null && (severity == null || said.compareTo(severity) > 0)) {
                worst = each;
                severity = said;
            }
        }
        if (worst != null && (key.open == null || severity.compareTo(key.open) > 0)) {
            key.openSinceNs = key.open == null ? nowNs : key.openSinceNs;
            key.open = severity;
            open(id, key, worst, missing ? "missing" : bad ? "frozen" : "good", nowNs, findings);
        }
    }

    private static Severity asTheCause(final Found each, final long keyWrittenNs) {
        if (each.hasItsOwnWriter()) {
            return null;
        }
        return each.livesSince(keyWrittenNs)
                ? Severity.HIGH
                : each.stoodLongBefore(keyWrittenNs) ? null : Severity.MEDIUM;
    }

    private static boolean isGood(final Observations.Observation observation) {
        return observation.state == KeyState.PRESENT && observation.verdict != Verdict.FROZEN;
    }

    private boolean isBad(final int id) {
        final Observations.Observation observation = state.observations.key(id);
        return observation.state != KeyState.PRESENT && observation.state != KeyState.UNKNOWN
                || observation.verdict == Verdict.FROZEN;
    }

    /** What may mean several keys is told of those that lack it; of the first where none does. */
    private boolean isFirstOfGood(final int id, final Found each) {
        for (final int at : each.meant.keys()) {
            if (isBad(each.rule.keys().get(at))) {
                return false;
            }
        }
        return each.rule.keys().get(each.meant.keys().get(0)) == id;
    }

    private void open(
            final int id,
            final Key key,
            final Found worst,
            final String condition,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = findings.claim(FindingKind.KEY_MISNAMED, Edge.OPEN, name(), nowNs);
        finding.severity = key.open;
        Subject.key(finding, state, id)
                .with(Evidence.FOUND_KEY, worst.name)
                .with(Evidence.CAUSE, worst.meant.difference())
                .with(Evidence.STATE, condition)
                .with(Evidence.SAMPLE, sample(worst.value))
                .with(Evidence.NODE, worst.node.isEmpty() ? null : worst.node)
                .with(Evidence.COUNT, key.found.size());
        Sight.show(finding, state, id);
        if (worst.meant.keys().size() > 1) {
            finding.with(Evidence.DETAIL, others(id, worst));
        }
        findings.publish();
    }

    private void close(final int id, final Key key, final long nowNs, final FindingSink findings) {
        if (key.open != null) {
            final Finding finding =
                    findings.claim(FindingKind.KEY_MISNAMED, Edge.CLOSE, name(), nowNs);
            finding.severity = key.open;
            Subject.key(finding, state, id)
                    .with(Evidence.STATE, key.found.isEmpty() ? "gone" : "good")
                    .with(Evidence.LASTED_NS, nowNs - key.openSinceNs);
            Sight.show(finding, state, id);
            findings.publish();
            key.open = null;
        }
    }

    private String others(final int id, final Found worst) {
        final StringBuilder out = new StringBuilder();
        for (final int at : worst.meant.keys()) {
            final int other = worst.rule.keys().get(at);
            if (other != id) {
                out.append(out.length() == 0 ? "" : ", ").append(state.keys.key(other).name());
            }
        }
        return out.toString();
    }

    private static String sample(final String value) {
        return value.isEmpty()
                ? null
                : value.substring(0, Math.min(LONGEST_SAMPLE, value.length()));
    }

    /** Said once, low: without the walk nothing is found, and nothing else is worse for it. */
    private void sight(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (blind[event.source] != event.reading.failed()) {
            blind[event.source] = event.reading.failed();
            final Finding finding =
                    findings.claim(
                            FindingKind.OBSERVER_DEGRADED,
                            event.reading.failed() ? Edge.OPEN : Edge.CLOSE,
                            name(),
                            nowNs);
            finding.severity = Severity.LOW;
            finding.key = state.sources.source(event.source).name() + " names of keys";
            if (event.reading.failed()) {
                finding.with(Evidence.DETAIL, event.reading.text());
            }
            findings.publish();
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        if (finding.kind == FindingKind.OBSERVER_DEGRADED) {
            out.append(
                    finding.edge == Edge.CLOSE
                            ? "Names of keys are checked again"
                            : "Names of keys are not checked, a misnamed one is not found: "
                                    + finding.text(Evidence.DETAIL));
        } else if (finding.edge == Edge.CLOSE && "good".equals(finding.text(Evidence.STATE))) {
            Subject.duration(
                    out.append("Redis key ")
                            .append(finding.key)
                            .append(" is good again under its own name after "),
                    finding.number(Evidence.LASTED_NS, 0));
        } else if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append("No other key has a name that ")
                            .append(finding.key)
                            .append(" was meant by any more; it had for "),
                    finding.number(Evidence.LASTED_NS, 0));
        } else {
            misnamed(finding, out);
        }
    }

    private static void misnamed(final Finding finding, final StringBuilder out) {
        out.append("Redis key ").append(finding.key);
        final String condition = finding.text(Evidence.STATE);
        switch (condition) {
            case "missing":
                out.append(" is missing, but ");
                break;
            case "frozen":
                out.append(" is not written any more, but ");
                break;
            default:
                out.append(" is good; beside it ");
                break;
        }
        out.append('"').append(finding.text(Evidence.FOUND_KEY)).append('"');
        Subject.node(out, finding);
        out.append(finding.severity == Severity.HIGH ? " is written" : " exists");
        if (!"?".equals(finding.text(Evidence.SAMPLE))) {
            out.append(", now ").append(finding.text(Evidence.SAMPLE));
        }
        out.append(" (").append(finding.text(Evidence.CAUSE)).append("). ");
        out.append(
                "good".equals(condition)
                        ? "Nobody reads that name; the right one is "
                        : "Writer "
                                + finding.writer
                                + " uses a name that nobody reads; the right one is ");
        out.append(finding.key);
        if (!"?".equals(finding.text(Evidence.DETAIL))) {
            out.append(" or ").append(finding.text(Evidence.DETAIL));
        }
    }
}
