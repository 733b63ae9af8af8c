package io.plumbline.app.desk;

import io.plumbline.app.desk.Condition.Phase;
import io.plumbline.finding.FindingKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The conditions of one case, one per kind. Desk thread. */
final class Conditions {
    private final DeskSettings settings;
    private final Map<FindingKind, Condition> byKind = new EnumMap<>(FindingKind.class);

    Conditions(final DeskSettings settings) {
        this.settings = settings;
    }

    /** The condition of this kind, a new one where there was none. */
    Condition of(final FindingKind kind) {
        return byKind.computeIfAbsent(kind, absent -> new Condition(absent, settings));
    }

    /** The condition of this kind, or null. */
    Condition get(final FindingKind kind) {
        return byKind.get(kind);
    }

    /** The worst that is in this phase, or null; of equals the first. */
    Condition worst(final Phase phase, final long nowNs) {
        Condition worst = null;
        for (final Condition condition : byKind.values()) {
            if (condition.phase(nowNs) == phase
                    && (worst == null || condition.severity().compareTo(worst.severity()) > 0)) {
                worst = condition;
            }
        }
        return worst;
    }

    boolean any(final Phase phase, final long nowNs) {
        for (final Condition condition : byKind.values()) {
            if (condition.phase(nowNs) == phase) {
                return true;
            }
        }
        return false;
    }

    /** Whether one means anything still. */
    boolean alive(final long nowNs) {
        for (final Condition condition : byKind.values()) {
            if (condition.phase(nowNs) != Phase.GONE) {
                return true;
            }
        }
        return false;
    }

    /** The kinds that mean anything still. */
    Set<FindingKind> kinds(final long nowNs) {
        final Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
        for (final Condition condition : byKind.values()) {
            if (condition.phase(nowNs) != Phase.GONE) {
                kinds.add(condition.kind());
            }
        }
        return kinds;
    }

    boolean unproven() {
        return byKind.values().stream().anyMatch(Condition::unproven);
    }

    /** Closes what nobody has seen since the restart. */
    void dropUnproven(final long nowNs) {
        for (final Condition condition : byKind.values()) {
            if (condition.unproven()) {
                condition.close(nowNs);
            }
        }
    }
}
