package io.plumbline.app.desk;

import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;

/** One kind within a case: raised or not, since when, and for how long it lingers. Desk thread. */
final class Condition {
    /** What a condition means to its case at one moment. */
    enum Phase {
        /** Raised, {@code for} not elapsed. */
        WAITING,
        /** Raised for long enough, or an event within its {@code keepFiringFor}. */
        HOLDING,
        /** Closed, {@code keepFiringFor} not elapsed. */
        FADING,
        /** Of no further meaning. */
        GONE
    }

    private final FindingKind kind;
    private final long forNs;
    private final long keepNs;
    private Severity severity;
    private boolean raised;
    private boolean confirmed;
    private boolean event;
    private boolean unproven;
    private long confirmAtNs;
    private long keepUntilNs = Long.MIN_VALUE;
    private String text = "";
    private String json = "";
    private String closingText = "";
    private String closingJson = "";

    Condition(final FindingKind kind, final DeskSettings settings) {
        this.kind = kind;
        forNs = settings.forNs(kind);
        keepNs = settings.keepFiringForNs(kind);
    }

    /** As it was before a restart: raised and long confirmed, but not seen since. */
    void restore(final Severity said, final String saidText, final String saidJson) {
        raised = true;
        confirmed = true;
        unproven = true;
        severity = said;
        evidence(Edge.OPEN, saidText, saidJson);
        confirmAtNs = Long.MIN_VALUE;
    }

    /**
     * The condition began, or is seen again.
     *
     * @return whether it counts as an occurrence: the first sight after a restart does not
     */
    boolean open(final Severity said, final long nowNs) {
        final boolean occurrence = !unproven;
        unproven = false;
        if (!raised) {
            confirmAtNs = phase(nowNs) == Phase.GONE ? nowNs + forNs : Long.MIN_VALUE;
            severity = null;
        }
        raised = true;
        event = false;
        worsen(said);
        return occurrence;
    }

    /** The condition is over; one that never opened is left as it is. */
    void close(final long nowNs) {
        unproven = false;
        if (raised) {
            raised = false;
            confirmed = nowNs >= confirmAtNs;
            keepUntilNs = nowNs + keepNs;
        }
    }

    /** It happened: holds without {@code for}, and again for the whole of keepFiringFor. */
    void happened(final Severity said, final long nowNs) {
        unproven = false;
        if (!raised) {
            event = true;
            keepUntilNs = nowNs + Math.max(1, keepNs);
        }
        worsen(said);
    }

    /** What a close edge says is kept apart: it tells of the end, not of what is wrong. */
    void evidence(final Edge edge, final String newText, final String newJson) {
        if (edge != Edge.CLOSE) {
            text = newText;
            json = newJson;
        }
        closingText = newText;
        closingJson = newJson;
    }

    Phase phase(final long nowNs) {
        if (raised) {
            return nowNs >= confirmAtNs ? Phase.HOLDING : Phase.WAITING;
        }
        if (nowNs >= keepUntilNs) {
            return Phase.GONE;
        }
        if (event) {
            return Phase.HOLDING;
        }
        return confirmed ? Phase.FADING : Phase.GONE;
    }

    private void worsen(final Severity said) {
        if (severity == null || said.compareTo(severity) > 0) {
            severity = said;
        }
    }

    boolean unproven() {
        return unproven;
    }

    FindingKind kind() {
        return kind;
    }

    Severity severity() {
        return severity;
    }

    /** The last evidence; once the case is resolved, that of the end. */
    String text(final CaseState at) {
        return at == CaseState.RESOLVED ? closingText : text;
    }

    String json(final CaseState at) {
        return at == CaseState.RESOLVED ? closingJson : json;
    }
}
