package io.plumbline.app.desk;

import io.plumbline.app.desk.CaseNotice.Action;
import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The one page for everything that a storm kept from being paged. It waits a little to know how
 * much that is, says it again at most once a minute while the number grows, and resolves when the
 * last of its cases has. Desk thread.
 */
final class RollUp {
    static final String FINGERPRINT = "desk|||storm";

    private static final long GATHER_NS = 5_000_000_000L;
    private static final long AGAIN_NS = 60_000_000_000L;

    private final Set<String> live = new HashSet<>();
    private final List<CaseNotice> out;
    private String episode = "";
    private long sinceNs;
    private long dueNs;
    private long count;
    private long toldCount;
    private FindingKind kind;
    private Severity severity;

    /**
     * @param out where its notices go
     */
    RollUp(final List<CaseNotice> out) {
        this.out = out;
    }

    /** The roll-up as it stood before a restart; its cases join by {@link #rejoin}. */
    void restore(final CaseRecord kept) {
        begin(kept.sinceNs(), kept.episode());
        count = kept.count();
        toldCount = count;
        dueNs = kept.lastNs() + AGAIN_NS;
        if (severity == null || kept.severity().compareTo(severity) >= 0) {
            kind = kept.kind();
            severity = kept.severity();
        }
    }

    /** A case of before a restart that counts in it. */
    void rejoin(final Case of) {
        live.add(of.fingerprint());
        worsen(of);
    }

    /** {@code of} was kept from its page. */
    void join(final Case of, final long nowNs) {
        if (episode.isEmpty()) {
            begin(nowNs, Case.episode(FINGERPRINT, nowNs));
        }
        live.add(of.fingerprint());
        count++;
        worsen(of);
    }

    /** {@code of} resolved, or has a page of its own now. */
    void leave(final Case of) {
        live.remove(of.fingerprint());
    }

    /** Pages when it is time. */
    void advance(final long nowNs) {
        if (episode.isEmpty() && !live.isEmpty()) {
            begin(nowNs, Case.episode(FINGERPRINT, nowNs));
            count = live.size();
        }
        if (count > toldCount) {
            if (nowNs >= dueNs) {
                tell(nowNs);
            }
        } else if (live.isEmpty() && !episode.isEmpty()) {
            end(nowNs);
        }
    }

    /** Pages at once what it has gathered: the desk closes. */
    void flush(final long nowNs) {
        if (count > toldCount) {
            tell(nowNs);
        }
    }

    private void begin(final long atNs, final String name) {
        sinceNs = atNs;
        episode = name;
        dueNs = atNs + GATHER_NS;
    }

    private void worsen(final Case by) {
        if (severity == null || by.severity().compareTo(severity) > 0) {
            severity = by.severity();
            kind = by.kind();
        }
    }

    private void tell(final long nowNs) {
        toldCount = count;
        dueNs = nowNs + AGAIN_NS;
        out.add(new CaseNotice(Action.TRIGGER, record(CaseState.OPEN, nowNs), nowNs));
    }

    private void end(final long nowNs) {
        out.add(new CaseNotice(Action.RESOLVE, record(CaseState.RESOLVED, nowNs), nowNs));
        episode = "";
        count = 0;
        toldCount = 0;
        severity = null;
        kind = null;
    }

    private CaseRecord record(final CaseState state, final long nowNs) {
        return new CaseRecord(
                FINGERPRINT,
                episode,
                "desk",
                "",
                "",
                "storm",
                kind,
                severity,
                Set.of(kind),
                state,
                sinceNs,
                nowNs,
                count,
                "Alert storm: "
                        + count
                        + " further cases were not paged one by one; the worst is "
                        + kind
                        + ". All are at /api/cases and in the findings file.",
                "",
                "",
                Told.PAGED,
                severity,
                CaseHandling.NONE);
    }
}
