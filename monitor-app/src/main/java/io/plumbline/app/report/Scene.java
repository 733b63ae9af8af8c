package io.plumbline.app.report;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.market.Decimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One price around one or more findings: from some seconds before the first to some after the last
 * is over, in at most {@value #MOST_COLUMNS} columns. When they are full, each two become one, so a
 * longer scene is a coarser one.
 */
final class Scene {
    /** Columns of one scene. */
    static final int MOST_COLUMNS = 360;

    /** Findings that are marked in one scene; further ones are counted. */
    static final int MOST_MARKS = 40;

    /** So long a scene goes on after the last condition in it has ended. */
    static final long AFTER_NS = 8_000_000_000L;

    /** The longest scene, whatever still stands. */
    static final long LONGEST_NS = 300_000_000_000L;

    /** A finding in a scene. */
    record Mark(
            long atNs,
            FindingKind kind,
            Edge edge,
            Severity sev,
            String fingerprint,
            String text) {}

    final Track track;
    final List<Mark> marks = new ArrayList<>();
    final Band reference = new Band(MOST_COLUMNS);
    final Band value = new Band(MOST_COLUMNS);
    private final Set<FindingKind> standing = EnumSet.noneOf(FindingKind.class);
    private Severity severity = Severity.LOW;
    private int unmarked;
    private long firstNs;
    private long widthNs;
    private int columns;
    private long lastFindingNs;
    private boolean cut;

    Scene(final Track track) {
        this.track = track;
    }

    void begin(final long firstBucket, final long width) {
        firstNs = firstBucket * width;
        widthNs = width;
    }

    void take(final int column, final Band references, final Band values, final int from) {
        reference.take(column, references, from);
        value.take(column, values, from);
        columns = Math.max(columns, column + 1);
    }

    void mark(final Finding finding, final Severity said, final String text) {
        severity = severity.compareTo(said) < 0 ? said : severity;
        lastFindingNs = Math.max(lastFindingNs, finding.atNs);
        switch (finding.edge) {
            case OPEN -> standing.add(finding.kind);
            case CLOSE -> standing.remove(finding.kind);
            case EVENT -> {}
        }
        if (marks.size() < MOST_MARKS) {
            marks.add(
                    new Mark(
                            finding.atNs,
                            finding.kind,
                            finding.edge,
                            said,
                            finding.fingerprint(),
                            text));
        } else {
            unmarked++;
        }
    }

    void reference(final long nowNs, final Decimal price) {
        reference.add(column(nowNs), price);
    }

    void value(final long nowNs, final Decimal price) {
        value.add(column(nowNs), price);
    }

    /** Time passes; the columns up to now begin with what holds. */
    void advance(final long nowNs, final Decimal references, final Decimal values) {
        while (nowNs - firstNs >= MOST_COLUMNS * widthNs) {
            halve();
        }
        for (final int now = (int) ((nowNs - firstNs) / widthNs); columns <= now; columns++) {
            reference.begin(columns, references);
            value.begin(columns, values);
        }
    }

    /** Whether nothing more is to be seen here. */
    boolean isOver(final long nowNs) {
        if (nowNs - firstNs > LONGEST_NS) {
            cut = !standing.isEmpty();
            return true;
        }
        return standing.isEmpty() && nowNs - lastFindingNs > AFTER_NS;
    }

    private int column(final long nowNs) {
        return (int) Math.max(0, Math.min(columns - 1L, (nowNs - firstNs) / widthNs));
    }

    private void halve() {
        final int half = (columns + 1) / 2;
        for (int i = 0; i < half; i++) {
            reference.take(i, reference, 2 * i);
            value.take(i, value, 2 * i);
            if (2 * i + 1 < columns) {
                reference.widen(i, 2 * i + 1);
                value.widen(i, 2 * i + 1);
            }
        }
        columns = half;
        widthNs *= 2;
    }

    Severity severity() {
        return severity;
    }

    int unmarked() {
        return unmarked;
    }

    long firstNs() {
        return firstNs;
    }

    long widthNs() {
        return widthNs;
    }

    int columns() {
        return columns;
    }

    /** Whether it ends at its longest while a condition stands. */
    boolean isCut() {
        return cut;
    }
}
