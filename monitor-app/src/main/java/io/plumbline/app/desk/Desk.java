package io.plumbline.app.desk;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingHandler;
import io.plumbline.finding.FindingJson;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns findings into cases and cases into pages. Renders each finding once: the sentence by its
 * detector, the line for file, API and hooks. Time is the running maximum of finding times and
 * ticks, so a replay decides as the live run did. Desk thread, except {@link #cases()} and {@link
 * #recentFindings()}, which any thread may read.
 */
public final class Desk implements FindingHandler, AutoCloseable {
    /** Fingerprint of the case that counts what did not fit. */
    static final String OVERFLOW = "desk|||overflow";

    private static final int RECENT = 1_000;

    private static final Comparator<CaseRecord> WORST_FIRST =
            Comparator.comparing(CaseRecord::severity, Comparator.reverseOrder())
                    .thenComparingLong(CaseRecord::sinceNs)
                    .thenComparing(CaseRecord::fingerprint);

    /** Every case as of one change: who asks often, and many do, gets the same list. */
    private record Sorted(long asOf, List<CaseRecord> cases) {}

    private final DeskSettings settings;
    private final Descriptions descriptions;
    private final FindingLog log;
    private final Counters counters;
    private final Pager pager;
    private final Silences silences;
    private final FlapMemory flaps;
    private final Pages pages;
    private final RecentFindings recent = new RecentFindings(RECENT);
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final Map<String, CaseRecord> published = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile Sorted sorted = new Sorted(-1, List.of());
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder json = new StringBuilder();
    private long nowNs = Long.MIN_VALUE;
    private long graceUntilNs = Long.MIN_VALUE;
    private boolean unproven;

    /**
     * @param restored the cases that were open when the process last ended; none are paged again
     */
    public Desk(
            final DeskSettings settings,
            final Descriptions descriptions,
            final FindingLog log,
            final Pager pager,
            final Counters counters,
            final List<CaseRecord> restored) {
        this.settings = settings;
        this.descriptions = descriptions;
        this.log = log;
        this.counters = counters;
        this.pager = pager;
        silences = new Silences(settings.maintenance());
        flaps = new FlapMemory(settings);
        pages = new Pages(settings, silences, pager);
        restored.stream().filter(Pages::isShared).forEach(pages::restorePage);
        for (final CaseRecord kept : restored) {
            if (!Pages.isShared(kept)) {
                final Case of = new Case(settings, this::onState, kept);
                cases.put(kept.fingerprint(), of);
                published.put(kept.fingerprint(), kept);
                pages.restore(of);
                unproven = true;
            }
        }
    }

    @Override
    public void onFinding(final Finding finding) {
        passTo(finding.atNs);
        final String sentence = describe(finding);
        json.setLength(0);
        FindingJson.append(finding, sentence, json);
        final String line = json.toString();
        log.append(line);
        recent.add(line);
        final String fingerprint = finding.fingerprint();
        final Severity severity = settings.severity(finding.kind, finding.severity);
        final Case known = current(fingerprint);
        if (known != null) {
            known.writer(finding.writer);
            apply(known, finding.kind, finding.edge, severity, sentence, line);
        } else if (finding.edge != Edge.CLOSE) {
            if (cases.size() < settings.maxCases()) {
                final Case fresh = fresh(fingerprint, finding);
                cases.put(fingerprint, fresh);
                apply(fresh, finding.kind, finding.edge, severity, sentence, line);
            } else {
                overflow(finding, severity, line);
            }
        }
    }

    @Override
    public void onBatchEnd() {
        log.flush();
        pages.commit();
    }

    /** Lets time pass without a finding: at least every 250 ms in a live run. */
    public void onTick(final long tickNs) {
        passTo(tickNs);
        final boolean graceOver = unproven && nowNs >= graceUntilNs;
        boolean stillUnproven = false;
        for (final Case of : new ArrayList<>(cases.values())) {
            of.advance(nowNs);
            if (graceOver && of.unproven() && !pages.explained(of)) {
                of.dropUnproven(nowNs);
            }
            stillUnproven |= of.unproven();
            pages.review(of, nowNs);
        }
        unproven = stillUnproven;
        pages.advance(nowNs);
        for (final Case of : cases.values()) {
            final CaseRecord shown = published.get(of.fingerprint());
            // Whatever happens to a case is noted in its handling.
            if (shown == null
                    || shown.state() != of.state()
                    || shown.handling() != of.notes().handling()) {
                publish(of);
            }
        }
        onBatchEnd();
    }

    /** What may prove or close the cases of before a restart has not come yet: they stand. */
    public void awaitEvidence(final long atNs) {
        graceUntilNs = Math.max(graceUntilNs, atNs + settings.restartGraceNs());
    }

    /** The silences that stood when the process last ended. Before the first finding. */
    public void restoreSilences(final List<Silence> kept) {
        silences.restore(kept);
    }

    /**
     * Keeps cases from the pagers for a while; durable on return.
     *
     * @return the silence, or null where too many stand
     */
    public Silence silence(
            final CaseMatcher matcher,
            final String by,
            final String comment,
            final long lengthNs,
            final long atNs) {
        passTo(atNs);
        final Silence begun = silences.begin(matcher, by, comment, lengthNs, nowNs);
        if (begun != null) {
            pager.keep(silences.standing());
        }
        return begun;
    }

    /** Ends a silence; what still holds is paged. False where there is none of this id. */
    public boolean expire(final String id, final long atNs) {
        passTo(atNs);
        final boolean known = silences.end(id);
        if (known) {
            pager.keep(silences.standing());
        }
        return known;
    }

    /**
     * Somebody takes a case on, or all of those that one page tells of; durable on return.
     *
     * @param fingerprint of the case or of the page
     * @return whether there is one
     */
    public boolean acknowledge(
            final String fingerprint, final String by, final String note, final long atNs) {
        passTo(atNs);
        final Case one = current(fingerprint);
        final List<Case> taken = one == null ? pages.members(fingerprint) : List.of(one);
        for (final Case of : taken) {
            pages.acknowledge(of, new Acknowledgement(by, note, nowNs));
            publish(of);
        }
        pages.commit();
        return !taken.isEmpty();
    }

    /** The silences that stand, oldest first. Any thread. */
    public List<Silence> silences() {
        return silences.standing();
    }

    /** The windows of the configuration. Any thread. */
    public List<MaintenanceWindow> maintenance() {
        return settings.maintenance();
    }

    /** Every case that is not resolved, the worst first. Any thread. */
    public List<CaseRecord> cases() {
        final long asOf = changes.get();
        Sorted known = sorted;
        if (known.asOf != asOf) {
            known = new Sorted(asOf, published.values().stream().sorted(WORST_FIRST).toList());
            sorted = known;
        }
        return known.cases;
    }

    /** The last 1,000 findings as JSON lines, oldest first. Any thread. */
    public List<String> recentFindings() {
        return recent.lines();
    }

    /** Pages what is due and flushes; cases stay open in the store. */
    @Override
    public void close() {
        if (nowNs != Long.MIN_VALUE) {
            pages.close(nowNs);
        }
        log.close();
    }

    private void passTo(final long ns) {
        if (nowNs == Long.MIN_VALUE) {
            graceUntilNs = ns + settings.restartGraceNs();
        }
        nowNs = Math.max(nowNs, ns);
        if (silences.advance(nowNs)) {
            pager.keep(silences.standing());
        }
    }

    private Case fresh(final String fingerprint, final Finding first) {
        return new Case(
                settings, this::onState, fingerprint, first, flaps.take(fingerprint, nowNs), nowNs);
    }

    /** The case of this fingerprint as of now, or null. */
    private Case current(final String fingerprint) {
        final Case known = cases.get(fingerprint);
        if (known != null) {
            known.advance(nowNs);
        }
        return cases.get(fingerprint);
    }

    private void apply(
            final Case to,
            final FindingKind kind,
            final Edge edge,
            final Severity severity,
            final String sentence,
            final String line) {
        to.onFinding(kind, edge, severity, sentence, line, nowNs);
        pages.review(to, nowNs);
        publish(to);
    }

    /** A condition that has no place becomes one more event of the desk's own case. */
    private void overflow(final Finding finding, final Severity severity, final String line) {
        Case of = current(OVERFLOW);
        if (of == null) {
            final Finding own = new Finding().clear();
            own.detector = "desk";
            own.key = "overflow";
            of = fresh(OVERFLOW, own);
            cases.put(OVERFLOW, of);
        }
        apply(
                of,
                FindingKind.MONITOR_OVERLOADED,
                Edge.EVENT,
                severity,
                "More than "
                        + settings.maxCases()
                        + " cases are open; findings beyond are only counted, the last was "
                        + finding.kind
                        + " of "
                        + finding.fingerprint(),
                line);
    }

    private void onState(
            final Case of, final CaseState previous, final long atNs, final String reason) {
        pages.onState(of, previous, atNs);
        if (of.state() == CaseState.RESOLVED) {
            flaps.rest(of.fingerprint(), of.notes().flap(), atNs);
            cases.remove(of.fingerprint());
            published.remove(of.fingerprint());
            changes.incrementAndGet();
        }
    }

    private void publish(final Case of) {
        if (of.state() != CaseState.RESOLVED) {
            published.put(of.fingerprint(), of.record(nowNs));
            changes.incrementAndGet();
        }
    }

    private String describe(final Finding finding) {
        text.setLength(0);
        try {
            descriptions.describe(finding, text);
        } catch (final RuntimeException e) {
            counters.increment(CounterId.ENGINE_FAULTS);
            text.setLength(0);
            text.append(finding.kind).append(" of ").append(finding.fingerprint());
            text.append(" (its description failed: ").append(e.getClass().getSimpleName());
            text.append(')');
        }
        return text.toString();
    }
}
