package io.plumbline.app.http;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.util.ArrayList;
import java.util.List;

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
 * @param silencedBy id of the silence, or {@code maintenance:NAME}, that keeps it from the pagers;
 *     "" for none
 * @param pager what the pagers have heard: NOTHING, PAGED, GROUPED or ROLLED_UP
 * @param flapping whether it comes and goes
 * @param acknowledgedBy who has taken it on, "" for nobody
 * @param acknowledgedNs when, 0 for never
 * @param note what they wrote
 * @param timeline what happened to it, oldest first
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
        String text,
        String silencedBy,
        String pager,
        boolean flapping,
        String acknowledgedBy,
        long acknowledgedNs,
        String note,
        List<Moment> timeline) {
    /**
     * One thing that happened to it.
     *
     * @param what a word of the desk's, for example PAGED
     */
    public record Moment(long atNs, String what, String detail) {}

    public CaseView {
        timeline = List.copyOf(timeline);
    }

    /** A case that nobody has touched. */
    public CaseView(
            final String fingerprint,
            final FindingKind kind,
            final Severity severity,
            final String state,
            final String venue,
            final String instrument,
            final String key,
            final long sinceNs,
            final long updatedNs,
            final long findings,
            final String inhibitedBy,
            final String text) {
        this(
                fingerprint,
                kind,
                severity,
                state,
                venue,
                instrument,
                key,
                sinceNs,
                updatedNs,
                findings,
                inhibitedBy,
                text,
                "",
                "NOTHING",
                false,
                "",
                0,
                "",
                List.of());
    }

    /** What there is to see beside the state: SUPPRESSED, FLAPPING, ACKNOWLEDGED. */
    List<String> marks() {
        final List<String> marks = new ArrayList<>();
        if (!inhibitedBy.isEmpty() || !silencedBy.isEmpty()) {
            marks.add("SUPPRESSED");
        }
        if (flapping) {
            marks.add("FLAPPING");
        }
        if (acknowledgedNs != 0) {
            marks.add("ACKNOWLEDGED");
        }
        return marks;
    }
}
