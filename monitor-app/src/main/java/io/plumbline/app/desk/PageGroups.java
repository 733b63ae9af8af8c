package io.plumbline.app.desk;

import io.plumbline.app.desk.CaseNotice.Action;
import io.plumbline.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets cases of one kind and venue share a page: the first waits a moment for the others, who come
 * later join. One that stays alone has a page of its own. Desk thread.
 */
final class PageGroups {
    /** How the pages that are due go out. */
    interface Exit {
        /** Whether a page of this severity may go now; counts it if so. */
        boolean admit(Severity worst, long nowNs);

        /** One case, by itself. */
        void alone(Case of, long nowNs);

        /** A case that the page of its group tells of. */
        void grouped(Case of, long nowNs);

        /** A case that no page may tell of now. */
        void rollUp(Case of, long nowNs);

        void add(Action action, CaseRecord of, long nowNs);
    }

    private final DeskSettings.Grouping rule;
    private final Exit exit;
    private final Map<String, PageGroup> groups = new LinkedHashMap<>();
    private final Map<String, PageGroup> waitingIn = new LinkedHashMap<>();
    private final Map<String, PageGroup> memberOf = new LinkedHashMap<>();

    PageGroups(final DeskSettings settings, final Exit exit) {
        rule = settings.grouping();
        this.exit = exit;
    }

    boolean on() {
        return rule.waitNs() > 0;
    }

    /** The page of a group of before a restart; its members join by {@link #rejoin}. */
    void restore(final CaseRecord kept) {
        final PageGroup group = new PageGroup(kept.venue(), kept.kind());
        group.restore(kept);
        groups.put(kept.fingerprint(), group);
    }

    private PageGroup group(final Case of) {
        return groups.computeIfAbsent(
                PageGroup.fingerprint(of.venue(), of.kind()),
                first -> new PageGroup(of.venue(), of.kind()));
    }

    /** A case of before a restart that such a page tells of; untold again where none stands. */
    void rejoin(final Case of) {
        final PageGroup group = groups.get(PageGroup.fingerprint(of.venue(), of.kind()));
        if (group != null && group.stands()) {
            group.members.put(of.fingerprint(), of);
            memberOf.put(of.fingerprint(), group);
        } else {
            of.untell();
        }
    }

    /** {@code of} is to be told of. */
    void await(final Case of) {
        final PageGroup group = group(of);
        final PageGroup before = waitingIn.put(of.fingerprint(), group);
        if (before != null && before != group) {
            before.due.remove(of.fingerprint());
        }
        group.due.putIfAbsent(of.fingerprint(), of);
    }

    /** {@code of} is not to be told of after all, or has been. */
    void withdraw(final Case of) {
        final PageGroup group = waitingIn.remove(of.fingerprint());
        if (group != null) {
            group.due.remove(of.fingerprint());
        }
    }

    /** {@code of} resolved, or is told of in another way. */
    void leave(final Case of) {
        final PageGroup group = memberOf.remove(of.fingerprint());
        if (group != null) {
            group.members.remove(of.fingerprint());
        }
    }

    /** {@code of} is acknowledged: so is the page, when all that it tells of are. */
    void acknowledged(final Case of, final Acknowledgement by) {
        final PageGroup group = memberOf.get(of.fingerprint());
        if (group != null
                && !group.acknowledged()
                && group.members.values().stream().allMatch(m -> m.notes().acknowledged())) {
            group.acknowledged(by);
            exit.add(Action.ACKNOWLEDGE, group.record(CaseState.OPEN, by.atNs()), by.atNs());
        }
    }

    /** The cases that the page of this fingerprint tells of; none where there is no such page. */
    List<Case> members(final String fingerprint) {
        final PageGroup group = groups.get(fingerprint);
        return group == null ? List.of() : List.copyOf(group.members.values());
    }

    /** Tells what is due. */
    void advance(final long nowNs) {
        for (final PageGroup group : new ArrayList<>(groups.values())) {
            advance(group, nowNs);
        }
        groups.values()
                .removeIf(group -> group.idle() && nowNs - group.aloneNs > rule.intervalNs());
    }

    /** Tells at once what waits for others to share a page: the desk closes. */
    void flush(final long nowNs) {
        for (final PageGroup group : groups.values()) {
            if (!group.due.isEmpty()) {
                tell(group, nowNs);
            }
        }
    }

    private void advance(final PageGroup group, final long nowNs) {
        if (!group.due.isEmpty() && nowNs >= dueNs(group)) {
            tell(group, nowNs);
        }
        if (!group.stands()) {
            return;
        }
        if (group.members.isEmpty()) {
            exit.add(Action.RESOLVE, group.end(nowNs), nowNs);
        } else if (repeatDue(group, nowNs)) {
            if (exit.admit(group.severity(), nowNs)) {
                group.tell(nowNs);
                exit.add(Action.TRIGGER, group.record(CaseState.OPEN, nowNs), nowNs);
            }
        }
    }

    private boolean repeatDue(final PageGroup group, final long nowNs) {
        return rule.repeatNs() > 0
                && nowNs - group.toldNs >= rule.repeatNs()
                && !group.acknowledged()
                && !group.silenced();
    }

    private long dueNs(final PageGroup group) {
        final long firstNs = group.due.values().iterator().next().openedNs();
        return group.stands()
                ? Math.max(firstNs, group.toldNs + rule.intervalNs())
                : firstNs + rule.waitNs();
    }

    private void tell(final PageGroup group, final long nowNs) {
        final boolean shared =
                group.stands()
                        || group.due.size() > 1
                        || nowNs - group.aloneNs <= rule.intervalNs();
        final List<Case> due = new ArrayList<>(group.due.values());
        if (!shared) {
            group.aloneNs = nowNs;
            withdraw(due.get(0));
            exit.alone(due.get(0), nowNs);
            return;
        }
        due.forEach(of -> waitingIn.remove(of.fingerprint()));
        if (!exit.admit(group.worstDue(), nowNs)) {
            group.due.clear();
            due.forEach(of -> exit.rollUp(of, nowNs));
            return;
        }
        for (final Case of : group.tell(nowNs)) {
            final PageGroup before = memberOf.put(of.fingerprint(), group);
            if (before != null && before != group) {
                before.members.remove(of.fingerprint());
            }
            exit.grouped(of, nowNs);
        }
        exit.add(Action.TRIGGER, group.record(CaseState.OPEN, nowNs), nowNs);
    }
}
