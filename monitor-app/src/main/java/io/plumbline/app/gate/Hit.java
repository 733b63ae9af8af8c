package io.plumbline.app.gate;

import io.plumbline.app.desk.CaseRecord;
import java.util.ArrayList;
import java.util.List;

/** What speaks against one symbol, the worst first named. Desk's threads. */
final class Hit {
    private static final int MOST_FINDINGS = 8;

    private GateState state = GateState.OPEN;
    private String reason = "";
    private final List<String> findings = new ArrayList<>();

    /** For the next symbol. */
    void clear() {
        state = GateState.OPEN;
        reason = "";
        findings.clear();
    }

    void add(final GateState effect, final String why) {
        if (effect.compareTo(state) > 0) {
            state = effect;
            reason = why;
        }
    }

    void add(final GateState effect, final CaseRecord of) {
        add(effect, of.text());
        if (effect != GateState.OPEN
                && findings.size() < MOST_FINDINGS
                && !findings.contains(of.fingerprint())) {
            findings.add(of.fingerprint());
        }
    }

    /** Takes over what another one holds; null holds nothing. */
    void add(final Hit other) {
        if (other == null) {
            return;
        }
        add(other.state, other.reason);
        for (final String finding : other.findings) {
            if (findings.size() < MOST_FINDINGS && !findings.contains(finding)) {
                findings.add(finding);
            }
        }
    }

    GateState state() {
        return state;
    }

    String reason() {
        return reason;
    }

    List<String> findings() {
        return findings;
    }
}
