package io.plumbline.app.desk;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.util.Set;

/**
 * A case as it stood at one moment: what the API shows and the store keeps. Any thread.
 *
 * @param fingerprint {@code detector|venue|instrument|key}: the same across restarts
 * @param episode names this opening of the case; the next one has another
 * @param kind the worst kind that was open in this episode
 * @param severity never falls within an episode
 * @param kinds every kind that keeps the case alive
 * @param sinceNs when the first condition was raised, data time
 * @param lastNs when the last finding arrived, data time
 * @param count edges that opened it or happened again
 * @param text the last evidence of the worst kind, for a person
 * @param finding the same as one finding JSON object, "" where there is none
 * @param inhibitedBy fingerprint of the case whose page stands for this one, or ""
 * @param told what has been said of it at the pager
 * @param toldSeverity the severity that was said, or taken on unsaid; null where neither
 * @param handling what people and the desk have done with it
 */
public record CaseRecord(
        String fingerprint,
        String episode,
        String detector,
        String venue,
        String instrument,
        String key,
        FindingKind kind,
        Severity severity,
        Set<FindingKind> kinds,
        CaseState state,
        long sinceNs,
        long lastNs,
        long count,
        String text,
        String finding,
        String inhibitedBy,
        Told told,
        Severity toldSeverity,
        CaseHandling handling) {

    public CaseRecord {
        kinds = Set.copyOf(kinds);
    }

    /** Whether it is a page over several cases and no case itself. */
    public boolean isShared() {
        return Pages.isShared(this);
    }

    /** Whether it would be said to the pagers but for a silence or a case that explains it. */
    public boolean suppressed() {
        return !inhibitedBy.isEmpty() || !handling.silencedBy().isEmpty();
    }

    /** What a pager has heard of a case. */
    public enum Told {
        NOTHING,
        /** A page of its own; it gets its own resolve. */
        PAGED,
        /** Told by the one page of its kind and venue. */
        GROUPED,
        /** Counted in a storm's roll-up. */
        ROLLED_UP
    }
}
