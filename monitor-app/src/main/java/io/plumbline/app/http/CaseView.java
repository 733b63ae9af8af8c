package io.plumbline.app.http;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;

/**
 * One case of the desk.
 *
 * @param fingerprint the stable identity at the pager
 * @param state PENDING, OPEN, CLEARING or RESOLVED
 * @param instrument ccxt form, "" where it is not about one
 * @param key the Redis key or connection, "" where it is not about one
 * @param sinceNs when it became pending, ns of data time since the epoch
 * @param updatedNs when its state last changed, ns of data time since the epoch
 * @param findings how many findings it has taken in
 * @param inhibitedBy fingerprint of the case that explains it, "" when none does
 * @param text one sentence for a person
 */
public record CaseView(
        String fingerprint,
        FindingKind kind,
        Severity severity,
        String state,
        String venue,
        String instrument,
        String key,
        long sinceNs,
        long updatedNs,
        long findings,
        String inhibitedBy,
        String text) {}
