package io.plumbline.app.desk;

import io.plumbline.app.desk.CaseMoment.What;
import io.plumbline.finding.FindingKind;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written down about a case beside its conditions: its {@link CaseHandling}. Desk thread.
 */
final class CaseNotes {
    /** Moments kept: the first, and the latest of the others. */
    private static final int MOST = 40;

    private final FlapMeter flap;
    private final List<CaseMoment> timeline = new ArrayList<>();
    private String silencedBy = "";
    private Acknowledgement acknowledged;
    private CaseHandling snapshot = CaseHandling.NONE;
    private boolean changed;

    /** As of which silences {@link #silencedBy} was found, and for what. */
    private long asOf = -1;

    private FindingKind kind;
    private String writer;

    CaseNotes(final FlapMeter flap) {
        this.flap = flap;
        changed = !flap.changes().isEmpty();
    }

    /** As they were before a restart. */
    CaseNotes(final DeskSettings settings, final CaseHandling kept) {
        this(new FlapMeter(settings.flapping(), kept));
        timeline.addAll(kept.timeline());
        silencedBy = kept.silencedBy();
        acknowledged = kept.acknowledged();
        changed = true;
    }

    void add(final long atNs, final What what, final String detail) {
        if (timeline.size() == MOST) {
            timeline.remove(1);
        }
        timeline.add(new CaseMoment(atNs, what, detail));
        changed = true;
    }

    /** The case opened or ceased to be open. */
    void onChange(final long nowNs) {
        if (flap.onChange(nowNs)) {
            add(nowNs, What.FLAPPING, "");
        }
        changed = true;
    }

    /** Lets time pass. */
    void advance(final long nowNs) {
        if (flap.advance(nowNs)) {
            add(nowNs, What.STEADY, "");
        }
    }

    boolean flapping() {
        return flap.flapping();
    }

    FlapMeter flap() {
        return flap;
    }

    String silencedBy() {
        return silencedBy;
    }

    /** Whether that was found for the same silences, kind and writer; it is from now on. */
    boolean isJudged(final long version, final FindingKind ofKind, final String ofWriter) {
        if (asOf == version && kind == ofKind && ofWriter.equals(writer)) {
            return true;
        }
        asOf = version;
        kind = ofKind;
        writer = ofWriter;
        return false;
    }

    void silencedBy(final String id, final long nowNs) {
        silencedBy = id;
        add(nowNs, id.isEmpty() ? What.RELEASED : What.SUPPRESSED, id);
    }

    boolean acknowledged() {
        return acknowledged != null;
    }

    /** Null: what was acknowledged is not what it was. */
    void acknowledged(final Acknowledgement by) {
        if (by != null) {
            add(
                    by.atNs(),
                    What.ACKNOWLEDGED,
                    by.note().isEmpty() ? by.by() : by.by() + ": " + by.note());
        }
        changed |= by != acknowledged;
        acknowledged = by;
    }

    CaseHandling handling() {
        if (changed) {
            snapshot =
                    new CaseHandling(
                            silencedBy, flap.flapping(), acknowledged, flap.changes(), timeline);
            changed = false;
        }
        return snapshot;
    }
}
