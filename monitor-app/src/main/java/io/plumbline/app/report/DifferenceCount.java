package io.plumbline.app.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many findings and cases are new, gone, changed, the same. A case is a fingerprint. */
public final class DifferenceCount {
    /** Cases that are told apart; the findings of further ones are only counted. */
    static final int MOST_CASES = 20_000;

    /** Changes that are kept for the report. */
    static final int MOST_CHANGES = 500;

    private static final class Tally {
        long same;
        final long[] changes = new long[Change.Sort.values().length];
    }

    private final Map<Change.Sort, Long> findings = new EnumMap<>(Change.Sort.class);
    private final Map<String, Tally> cases = new HashMap<>();
    private final List<Change> first = new ArrayList<>();
    private long same;
    private long untold;
    private final List<String> notes = new ArrayList<>();

    void same(final FindingLine line) {
        same++;
        final Tally tally = tally(line);
        if (tally != null) {
            tally.same++;
        }
    }

    void change(final Change change) {
        findings.merge(change.sort(), 1L, Long::sum);
        if (first.size() < MOST_CHANGES) {
            first.add(change);
        }
        final Tally tally = tally(change.finding());
        if (tally != null) {
            tally.changes[change.sort().ordinal()]++;
        }
    }

    private Tally tally(final FindingLine line) {
        final Tally known = cases.get(line.fingerprint());
        if (known != null) {
            return known;
        }
        if (cases.size() >= MOST_CASES) {
            untold++;
            return null;
        }
        final Tally fresh = new Tally();
        cases.put(line.fingerprint(), fresh);
        return fresh;
    }

    void notes(final long unreadable, final long firstLine, final long self, final long outside) {
        if (unreadable > 0) {
            notes.add(unreadable + " lines are no findings, the first is line " + firstLine);
        }
        if (self > 0) {
            notes.add(self + " findings of the monitor about itself stand in no recording");
        }
        if (outside > 0) {
            notes.add(outside + " findings lie outside of what was replayed");
        }
        if (untold > 0) {
            notes.add("findings of more than " + MOST_CASES + " cases: " + untold + " more");
        }
    }

    /** Findings that are equal on both sides. */
    public long same() {
        return same;
    }

    public long findings(final Change.Sort sort) {
        return findings.getOrDefault(sort, 0L);
    }

    /** Whether anything is not the same. */
    public boolean isAny() {
        return !findings.isEmpty();
    }

    /** Cases of which all findings are new, or all are gone; or else any differs. */
    public long cases(final Change.Sort sort) {
        return cases.values().stream().filter(of -> sort(of) == sort).count();
    }

    /** Cases of which every finding is the same. */
    public long sameCases() {
        return cases.values().stream().filter(of -> sort(of) == null).count();
    }

    private static Change.Sort sort(final Tally of) {
        final long fresh = of.changes[Change.Sort.NEW.ordinal()];
        final long gone = of.changes[Change.Sort.GONE.ordinal()];
        final long changed = of.changes[Change.Sort.CHANGED.ordinal()];
        if (fresh + gone + changed == 0) {
            return null;
        }
        if (of.same + changed + gone == 0) {
            return Change.Sort.NEW;
        }
        return of.same + changed + fresh == 0 ? Change.Sort.GONE : Change.Sort.CHANGED;
    }

    List<Change> first() {
        return List.copyOf(first);
    }

    /** What was not compared, one sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
