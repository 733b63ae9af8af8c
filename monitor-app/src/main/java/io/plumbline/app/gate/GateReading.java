package io.plumbline.app.gate;

import java.util.List;

/**
 * What the gate says, of one symbol or of all.
 *
 * @param symbol ccxt form; "" for all of them
 * @param reason one sentence for a person; "" while it is open
 * @param findings fingerprints of the cases behind it, at most eight
 * @param epoch grows with every change of state, also across restarts
 * @param sinceNs since when it says so, ns since the epoch
 */
public record GateReading(
        String symbol,
        GateState state,
        String reason,
        List<String> findings,
        long epoch,
        long sinceNs) {
    public GateReading {
        findings = List.copyOf(findings);
    }
}
