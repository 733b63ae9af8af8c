package io.plumbline.app.desk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Whether one fingerprint comes and goes: so many openings and closings within a window begin it, a
 * still time ends it. Goes on over the episodes of the fingerprint. Desk thread.
 */
final class FlapMeter {
    private final DeskSettings.Flapping rule;
    private final Deque<Long> changes = new ArrayDeque<>();
    private boolean flapping;

    FlapMeter(final DeskSettings.Flapping rule) {
        this.rule = rule;
    }

    /** As it was before a restart. */
    FlapMeter(final DeskSettings.Flapping rule, final CaseHandling kept) {
        this(rule);
        changes.addAll(kept.changes());
        flapping = kept.flapping() && !changes.isEmpty();
    }

    /** An opening or a closing; true when flapping begins with it. */
    boolean onChange(final long nowNs) {
        if (rule.changes() == 0) {
            return false;
        }
        // Another version may have kept more of them.
        while (changes.size() >= rule.changes()) {
            changes.removeFirst();
        }
        changes.addLast(nowNs);
        if (!flapping
                && changes.size() == rule.changes()
                && nowNs - changes.getFirst() <= rule.windowNs()) {
            flapping = true;
            return true;
        }
        return false;
    }

    /** Lets time pass; true when flapping ends now. */
    boolean advance(final long nowNs) {
        if (flapping && nowNs - changes.getLast() >= rule.stillNs()) {
            flapping = false;
            return true;
        }
        return false;
    }

    boolean flapping() {
        return flapping;
    }

    /** Whether it means nothing any more at {@code nowNs}. */
    boolean forgotten(final long nowNs) {
        return changes.isEmpty()
                || nowNs - changes.getLast() > (flapping ? rule.stillNs() : rule.windowNs());
    }

    List<Long> changes() {
        return List.copyOf(changes);
    }
}
