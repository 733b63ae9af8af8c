package io.plumbline.app.desk;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.metrics.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A desk with a pager that remembers, and findings in one line each. Times in ms from zero. */
final class DeskBench implements Pager {
    static final long MS = 1_000_000L;

    final List<CaseNotice> notices = new ArrayList<>();
    final Map<String, CaseRecord> store = new LinkedHashMap<>();
    final List<Silence> kept = new ArrayList<>();
    final Desk desk;

    DeskBench(final DeskSettings settings) {
        this(settings, List.of());
    }

    DeskBench(final DeskSettings settings, final List<CaseRecord> restored) {
        restored.forEach(of -> store.put(of.fingerprint(), of));
        desk =
                new Desk(
                        settings,
                        (finding, out) -> out.append(finding.kind).append(" text"),
                        FindingLog.none(),
                        this,
                        new Counters(),
                        restored);
    }

    /** The desk after a crash: only what the store kept is known. */
    DeskBench restart(final DeskSettings settings) {
        final DeskBench next = new DeskBench(settings, List.copyOf(store.values()));
        next.kept.addAll(kept);
        next.desk.restoreSilences(kept);
        return next;
    }

    @Override
    public void keep(final List<Silence> standing) {
        kept.clear();
        kept.addAll(standing);
    }

    @Override
    public void commit(final List<CaseNotice> some) {
        notices.addAll(some);
        for (final CaseNotice notice : some) {
            if (notice.of().state() == CaseState.RESOLVED) {
                store.remove(notice.of().fingerprint());
            } else {
                store.put(notice.of().fingerprint(), notice.of());
            }
        }
    }

    DeskBench open(final long atMs, final FindingKind kind, final String key) {
        return raise(atMs, kind, Edge.OPEN, kind.severity(), key);
    }

    DeskBench close(final long atMs, final FindingKind kind, final String key) {
        return raise(atMs, kind, Edge.CLOSE, kind.severity(), key);
    }

    DeskBench event(final long atMs, final FindingKind kind, final String key) {
        return raise(atMs, kind, Edge.EVENT, kind.severity(), key);
    }

    DeskBench raise(
            final long atMs,
            final FindingKind kind,
            final Edge edge,
            final Severity severity,
            final String key) {
        final Finding finding = new Finding().clear();
        finding.kind = kind;
        finding.edge = edge;
        finding.severity = severity;
        finding.detector = "test";
        finding.venue = "venue";
        finding.key = key;
        finding.atNs = atMs * MS;
        desk.onFinding(finding);
        desk.onBatchEnd();
        return this;
    }

    /** A finding of a detector of its own, so of a case of its own. */
    DeskBench open(final long atMs, final FindingKind kind, final String key, final String writer) {
        final Finding finding = new Finding().clear();
        finding.kind = kind;
        finding.edge = Edge.OPEN;
        finding.severity = kind.severity();
        finding.detector = kind.name();
        finding.venue = writer.equals(key) ? "" : "venue";
        finding.key = key;
        finding.writer = writer;
        finding.atNs = atMs * MS;
        desk.onFinding(finding);
        desk.onBatchEnd();
        return this;
    }

    DeskBench tick(final long atMs) {
        desk.onTick(atMs * MS);
        return this;
    }

    /** {@code STATE KIND SEVERITY xCOUNT} of every case. */
    List<String> cases() {
        return desk.cases().stream()
                .map(of -> of.state() + " " + of.kind() + " " + of.severity() + " x" + of.count())
                .toList();
    }

    /** {@code atMs ACTION KIND SEVERITY key} of everything that was told. */
    List<String> pages() {
        return notices.stream()
                .filter(notice -> notice.action() != CaseNotice.Action.KEEP)
                .map(
                        notice ->
                                notice.atNs() / MS
                                        + " "
                                        + notice.action()
                                        + " "
                                        + notice.of().kind()
                                        + " "
                                        + notice.of().severity()
                                        + " "
                                        + notice.of().key())
                .toList();
    }

    /** Waits for nothing: every page is judged at once. */
    static DeskSettings settings(
            final Map<FindingKind, Long> forMs, final Map<FindingKind, Long> keepMs) {
        final DeskSettings defaults = DeskSettings.defaults();
        return new DeskSettings(
                ns(forMs),
                0,
                ns(keepMs),
                1_000 * MS,
                Map.of(),
                Severity.MEDIUM,
                500 * MS,
                5_000 * MS,
                defaults.restartGraceNs(),
                defaults.pagesPerMinute(),
                defaults.criticalPagesPerMinute(),
                defaults.maxCases(),
                new DeskSettings.Grouping(0, 0, 0),
                new DeskSettings.Flapping(0, 0, 0),
                List.of());
    }

    /** The same with windows of maintenance. */
    static DeskSettings settings(final DeskSettings of, final List<MaintenanceWindow> maintenance) {
        return with(of, of.grouping(), of.flapping(), maintenance);
    }

    /** The same, where pages are said again after so long. */
    static DeskSettings repeating(final DeskSettings of, final long repeatMs) {
        final DeskSettings.Grouping grouping = new DeskSettings.Grouping(0, 0, repeatMs * MS);
        return with(of, grouping, of.flapping(), of.maintenance());
    }

    static DeskSettings with(
            final DeskSettings of,
            final DeskSettings.Grouping grouping,
            final DeskSettings.Flapping flapping,
            final List<MaintenanceWindow> maintenance) {
        return new DeskSettings(
                of.forNs(),
                of.defaultForNs(),
                of.keepFiringForNs(),
                of.defaultKeepFiringForNs(),
                of.severities(),
                of.pageFrom(),
                of.causeWaitNs(),
                of.settleNs(),
                of.restartGraceNs(),
                of.pagesPerMinute(),
                of.criticalPagesPerMinute(),
                of.maxCases(),
                grouping,
                flapping,
                maintenance);
    }

    private static Map<FindingKind, Long> ns(final Map<FindingKind, Long> ms) {
        final Map<FindingKind, Long> ns = new LinkedHashMap<>();
        ms.forEach((kind, value) -> ns.put(kind, value * MS));
        return ns;
    }
}
