package io.plumbline.app.desk;

import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.finding.FindingJson;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cases of one kind at one venue: those that wait for a page, and those that one page has told
 * of. Desk thread.
 */
final class PageGroup {
    private static final String DETECTOR = "desk";
    private static final String KEY = "group ";
    private static final int NAMED = 10;
    private static final int NAMED_IN_TEXT = 3;

    final Map<String, Case> due = new LinkedHashMap<>();
    final Map<String, Case> members = new LinkedHashMap<>();
    private final String venue;
    private final FindingKind kind;
    private Severity severity;
    private String episode = "";
    private String text = "";
    private long sinceNs;
    private CaseHandling handling = CaseHandling.NONE;

    /** When its page was last said. */
    long toldNs;

    /** When one was last told of alone. */
    long aloneNs = Long.MIN_VALUE / 2;

    PageGroup(final String venue, final FindingKind kind) {
        this.venue = venue;
        this.kind = kind;
    }

    static String fingerprint(final String venue, final FindingKind kind) {
        return DETECTOR + '|' + venue + "||" + KEY + kind;
    }

    /** Whether it is the page of a group, kept in the store as a case is. */
    static boolean isOne(final CaseRecord kept) {
        return kept.detector().equals(DETECTOR) && kept.key().startsWith(KEY);
    }

    /** Its page as it stood before a restart. */
    void restore(final CaseRecord kept) {
        episode = kept.episode();
        text = kept.text();
        sinceNs = kept.sinceNs();
        toldNs = kept.lastNs();
        severity = kept.severity();
        handling = kept.handling();
    }

    /** Whether its page stands. */
    boolean stands() {
        return !episode.isEmpty();
    }

    boolean idle() {
        return !stands() && due.isEmpty() && members.isEmpty();
    }

    boolean acknowledged() {
        return handling.acknowledged() != null;
    }

    /** Whether nobody wants to hear of any that its page tells of. */
    boolean silenced() {
        return members.values().stream().noneMatch(of -> of.notes().silencedBy().isEmpty());
    }

    void acknowledged(final Acknowledgement by) {
        handling = new CaseHandling("", false, by, List.of(), List.of());
    }

    /** All that are due are told of by its page. */
    List<Case> tell(final long nowNs) {
        if (!stands()) {
            sinceNs = nowNs;
            episode = Case.episode(fingerprint(venue, kind), nowNs);
        }
        toldNs = nowNs;
        final List<Case> fresh = new ArrayList<>(due.values());
        due.clear();
        if (!fresh.isEmpty()) {
            handling = CaseHandling.NONE;
        }
        for (final Case of : fresh) {
            members.put(of.fingerprint(), of);
            if (severity == null || of.severity().compareTo(severity) > 0) {
                severity = of.severity();
            }
        }
        text = words(nowNs);
        return fresh;
    }

    /** The page is taken back, in the words in which it was last said. */
    CaseRecord end(final long nowNs) {
        final CaseRecord last = record(CaseState.RESOLVED, nowNs);
        episode = "";
        severity = null;
        handling = CaseHandling.NONE;
        return last;
    }

    /** The worst that its page has told of. */
    Severity severity() {
        return severity;
    }

    /** The worst that is due. */
    Severity worstDue() {
        Severity worst = Severity.LOW;
        for (final Case of : due.values()) {
            worst = of.severity().compareTo(worst) > 0 ? of.severity() : worst;
        }
        return worst;
    }

    CaseRecord record(final CaseState state, final long nowNs) {
        return new CaseRecord(
                fingerprint(venue, kind),
                episode,
                DETECTOR,
                venue,
                "",
                KEY + kind,
                kind,
                severity,
                Set.of(kind),
                state,
                sinceNs,
                nowNs,
                members.size(),
                text,
                details(),
                "",
                Told.PAGED,
                severity,
                handling);
    }

    /** One that shares its page with nobody is told of in its own words: they say the cause. */
    private String words(final long nowNs) {
        if (members.size() == 1) {
            return members.values().iterator().next().record(nowNs).text();
        }
        final StringBuilder out = new StringBuilder();
        out.append(members.size()).append(' ').append(noun());
        if (!venue.isEmpty()) {
            out.append(" on ").append(venue);
        }
        int named = 0;
        for (final Case of : members.values()) {
            if (named == NAMED_IN_TEXT) {
                break;
            }
            out.append(named++ == 0 ? ": " : ", ").append(name(of));
        }
        if (members.size() > named) {
            out.append(" and ").append(members.size() - named).append(" more");
        }
        return out.toString();
    }

    private String noun() {
        return switch (kind) {
            case SYMBOL_STALE -> "symbols stale";
            case SYMBOL_NEVER_SEEN -> "symbols never seen";
            case SEQUENCE_GAP -> "symbols with gaps";
            case PRICE_WRONG -> "prices wrong";
            case PRICE_LATE -> "prices late";
            case PRICE_FROZEN -> "prices frozen";
            case KEY_MISSING -> "keys missing";
            case KEY_EXPIRED -> "keys expired";
            case KEY_DELETED -> "keys deleted";
            default -> "cases of " + kind;
        };
    }

    private String details() {
        final StringBuilder out = new StringBuilder(256);
        FindingJson.string(out.append("{\"kind\":"), kind.name());
        FindingJson.string(out.append(",\"venue\":"), venue);
        out.append(",\"count\":").append(members.size()).append(",\"first\":[");
        int named = 0;
        for (final Case of : members.values()) {
            if (named == NAMED) {
                break;
            }
            FindingJson.string(out.append(named++ == 0 ? "" : ","), of.fingerprint());
        }
        return out.append("]}").toString();
    }

    private static String name(final Case of) {
        return of.instrument().isEmpty() ? of.key() : of.instrument();
    }
}
