package io.plumbline.finding;

/** The sink without a ring: hands every finding to a handler on the caller's thread. */
public final class InlineFindings implements FindingSink {
    private final Finding draft = new Finding();
    private final FindingHandler handler;

    public InlineFindings(final FindingHandler handler) {
        this.handler = handler;
    }

    @Override
    public Finding claim(
            final FindingKind kind, final Edge edge, final String detector, final long nowNs) {
        return draft(draft, kind, edge, detector, nowNs);
    }

    @Override
    public void publish() {
        handler.onFinding(draft);
    }

    static Finding draft(
            final Finding draft,
            final FindingKind kind,
            final Edge edge,
            final String detector,
            final long nowNs) {
        draft.clear();
        draft.kind = kind;
        draft.edge = edge;
        draft.severity = kind.severity();
        draft.detector = detector;
        draft.atNs = nowNs;
        return draft;
    }
}
