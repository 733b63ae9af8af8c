package io.plumbline.app.desk;

import java.util.List;

/**
 * What people and the desk have done with a case, as it stood at one moment. Any thread.
 *
 * @param silencedBy id of the silence, or {@code maintenance:NAME}, that keeps it from the pagers;
 *     "" for none
 * @param flapping whether it comes and goes
 * @param acknowledged null where nobody has taken it on
 * @param changes its last openings and closings, data time, oldest first: what flapping is judged
 *     by
 * @param timeline what happened to it, oldest first; bounded, its first moment always stays
 */
public record CaseHandling(
        String silencedBy,
        boolean flapping,
        Acknowledgement acknowledged,
        List<Long> changes,
        List<CaseMoment> timeline) {
    /** Nothing yet. */
    public static final CaseHandling NONE = new CaseHandling("", false, null, List.of(), List.of());

    public CaseHandling {
        changes = List.copyOf(changes);
        timeline = List.copyOf(timeline);
    }
}
