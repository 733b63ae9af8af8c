package io.plumbline.app.report;

import io.plumbline.app.desk.CaseNotice;
import io.plumbline.app.desk.CaseNotice.Action;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.CaseState;
import io.plumbline.app.desk.Pager;
import io.plumbline.finding.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes what the desk would have kept and paged. Keeps the worst cases and the first pages; the
 * rest is counted.
 */
final class CaseBook implements Pager {
    /** Cases that are kept, one per episode. */
    static final int MOST_CASES = 2_000;

    /** Pages that are kept: triggers and resolves. */
    static final int MOST_PAGES = 1_000;

    /** A case as the report shows it. */
    static final class Kept {
        CaseRecord of;

        /** What was said of it first. */
        final String first;

        /** When it was resolved, ns since the epoch; Long.MIN_VALUE while it is not. */
        long endNs = Long.MIN_VALUE;

        int pages;

        private Kept(final CaseRecord of) {
            this.of = of;
            first = of.text();
        }
    }

    /** One message to the pager. */
    record Page(long atNs, Action action, CaseRecord of) {}

    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /** Open episodes without a place: no more than the desk has cases. */
    private final Set<String> untracked = new HashSet<>();

    /** What a store would give back after a restart: no more than the desk has. */
    private final Map<String, CaseRecord> standing = new LinkedHashMap<>();

    private final Map<Severity, Integer> keptBySeverity = new EnumMap<>(Severity.class);
    private final List<Page> pages = new ArrayList<>();
    private long opened;
    private long pagesLeftOut;
    private long triggers;

    @Override
    public void commit(final List<CaseNotice> notices) {
        for (final CaseNotice notice : notices) {
            if (notice.of().state() == CaseState.RESOLVED) {
                standing.remove(notice.of().fingerprint());
            } else {
                standing.put(notice.of().fingerprint(), notice.of());
            }
            // A page over several cases is no case: they are listed themselves.
            final Kept of = notice.of().isShared() ? null : keep(notice.of());
            if (of != null && notice.of().state() == CaseState.RESOLVED) {
                of.endNs = notice.atNs();
            }
            if (notice.action() != Action.KEEP) {
                triggers += notice.action() == Action.TRIGGER ? 1 : 0;
                if (of != null) {
                    of.pages += notice.action() == Action.TRIGGER ? 1 : 0;
                }
                if (pages.size() < MOST_PAGES) {
                    pages.add(new Page(notice.atNs(), notice.action(), notice.of()));
                } else {
                    pagesLeftOut++;
                }
            }
        }
    }

    /** A case as it stands at the end of a run. */
    void atEnd(final List<CaseRecord> cases) {
        cases.forEach(this::keep);
    }

    /** The kept case of this episode, null where it has no place. */
    private Kept keep(final CaseRecord of) {
        final Kept known = kept.get(of.episode());
        if (known != null) {
            count(known.of.severity(), -1);
            known.of = of;
            count(of.severity(), 1);
            return known;
        }
        if (untracked.contains(of.episode())) {
            if (of.state() == CaseState.RESOLVED) {
                untracked.remove(of.episode());
            }
            return null;
        }
        opened++;
        if (kept.size() >= MOST_CASES && !makeRoom(of.severity())) {
            untracked.add(of.episode());
            return null;
        }
        final Kept fresh = new Kept(of);
        kept.put(of.episode(), fresh);
        count(of.severity(), 1);
        return fresh;
    }

    /** Gives up a case that is less bad than {@code severity}; false where there is none. */
    private boolean makeRoom(final Severity severity) {
        for (final Severity less : Severity.values()) {
            if (less.compareTo(severity) >= 0) {
                return false;
            }
            if (keptBySeverity.getOrDefault(less, 0) > 0) {
                String last = null;
                for (final Map.Entry<String, Kept> entry : kept.entrySet()) {
                    last = entry.getValue().of.severity() == less ? entry.getKey() : last;
                }
                if (kept.remove(last).endNs == Long.MIN_VALUE) {
                    untracked.add(last);
                }
                count(less, -1);
                return true;
            }
        }
        return false;
    }

    private void count(final Severity severity, final int change) {
        keptBySeverity.merge(severity, change, Integer::sum);
    }

    /** What stands, as the desk last said it: the next run begins with it. */
    List<CaseRecord> standing() {
        return List.copyOf(standing.values());
    }

    /** In the order in which they opened. */
    List<Kept> cases() {
        return List.copyOf(kept.values());
    }

    List<Page> pages() {
        return List.copyOf(pages);
    }

    /** All cases that opened. */
    long opened() {
        return opened;
    }

    long casesLeftOut() {
        return opened - kept.size();
    }

    long pagesLeftOut() {
        return pagesLeftOut;
    }

    /** How often a person would have been called. */
    long triggers() {
        return triggers;
    }
}
