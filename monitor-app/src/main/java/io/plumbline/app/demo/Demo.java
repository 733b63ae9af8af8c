package io.plumbline.app.demo;

import io.plumbline.feed.sim.Fault;
import io.plumbline.feed.sim.FaultListener;
import io.plumbline.feed.sim.GroundTruthMatcher;
import io.plumbline.feed.sim.InjectedFault;
import io.plumbline.feed.sim.SeenFinding;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Tells the terminal what was broken and what was noticed, and draws the balance. Called by the
 * simulation and by the desk's thread.
 */
public final class Demo implements FaultListener {
    private static final double MS = 1_000_000.0;

    private final PrintWriter out;
    private final GroundTruthMatcher matcher;
    private final long startedNs;

    public Demo(final PrintWriter out, final GroundTruthMatcher matcher, final long startedNs) {
        this.out = out;
        this.matcher = matcher;
        this.startedNs = startedNs;
    }

    @Override
    public void started(final InjectedFault fault, final long nowNs) {
        say(nowNs, "break ", fault.fault().announcement());
    }

    @Override
    public void ended(final InjectedFault fault, final long nowNs) {
        say(nowNs, "mend  ", fault.fault().kind().label() + name(fault.fault()));
    }

    /**
     * Holds one finding against the truth.
     *
     * @param sentence for a person
     */
    public void found(final Finding finding, final CharSequence sentence) {
        final SeenFinding seen = SeenFinding.of(finding);
        final GroundTruthMatcher.Verdict verdict = matcher.onFinding(seen);
        switch (verdict.meaning()) {
            case CAUGHT:
                say(
                        finding.atNs,
                        "CAUGHT",
                        String.format(
                                Locale.ROOT,
                                "%s after %.0f ms: %s",
                                finding.kind,
                                verdict.delayNs() / MS,
                                sentence));
                break;
            case UNEXPLAINED:
                say(finding.atNs, "FALSE ", finding.kind + ": " + sentence);
                break;
            case CONSEQUENCE:
                say(finding.atNs, "also  ", finding.kind + ": " + sentence);
                break;
            default:
                if (finding.edge == Edge.CLOSE) {
                    say(finding.atNs, "over  ", finding.kind + ": " + sentence);
                }
                break;
        }
    }

    private synchronized void say(final long nowNs, final String word, final String text) {
        out.printf(
                Locale.ROOT, "%7.3f s  %s  %s%n", (nowNs - startedNs) / (1_000 * MS), word, text);
        out.flush();
    }

    private static String name(final Fault fault) {
        return fault.symbol().isEmpty() ? "" : ": " + fault.symbol();
    }

    /**
     * The table at the end.
     *
     * @return whether every fault was caught and nothing else was raised
     */
    public synchronized boolean balance() {
        final GroundTruthMatcher.Outcome outcome = matcher.outcome();
        out.printf("%n%-28s %-34s %-20s %s%n", "fault", "subject", "caught as", "after");
        for (final GroundTruthMatcher.Caught caught : outcome.caught()) {
            final Fault fault = caught.fault().fault();
            out.printf(
                    Locale.ROOT,
                    "%-28s %-34s %-20s %.0f ms%n",
                    fault.kind().label(),
                    subject(fault),
                    caught.finding().kind(),
                    caught.delayNs() / MS);
        }
        misses(outcome.missed(), "MISSED");
        misses(outcome.idle(), "NOTHING TO ACT ON");
        for (final SeenFinding finding : outcome.unexplained()) {
            out.printf(
                    "raised without a fault: %s %s %s %s%n",
                    finding.kind(), finding.venue(), finding.instrument(), finding.key());
        }
        out.printf(
                "%n%d faults caught, %d missed, %d findings without a fault%n",
                outcome.caught().size(),
                outcome.missed().size() + outcome.idle().size(),
                outcome.unexplainedCount());
        out.flush();
        return outcome.clean();
    }

    private void misses(final List<InjectedFault> faults, final String word) {
        for (final InjectedFault fault : faults) {
            out.printf(
                    "%-28s %-34s %s%n", fault.fault().kind().label(), subject(fault.fault()), word);
        }
    }

    private static String subject(final Fault fault) {
        return fault.symbol().isEmpty()
                ? fault.venue().isEmpty() ? "all keys" : fault.venue()
                : fault.venue() + ' ' + fault.symbol();
    }
}
