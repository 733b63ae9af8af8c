package io.plumbline.app.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What keeps pages from going out because a person wants it so: windows of the configuration and
 * silences of the moment. Desk thread, except {@link #standing()}.
 */
final class Silences {
    /** More than people ask for; one more is refused. */
    static final int MOST = 1_000;

    private static final long SECOND_NS = 1_000_000_000L;

    private final List<MaintenanceWindow> windows;
    private final Map<String, Silence> byId = new LinkedHashMap<>();
    private List<MaintenanceWindow> open = List.of();

    /** Grows with whatever changes what is silenced. */
    private long version;

    private volatile List<Silence> standing = List.of();
    private long second = Long.MIN_VALUE;

    Silences(final List<MaintenanceWindow> windows) {
        this.windows = windows;
    }

    /** Those of before a restart. */
    void restore(final List<Silence> kept) {
        kept.forEach(silence -> byId.put(silence.id(), silence));
        changed();
    }

    /**
     * Lets time pass.
     *
     * @return whether one is over that had to be kept until now
     */
    boolean advance(final long nowNs) {
        final long now = Math.floorDiv(nowNs, SECOND_NS);
        if (now != second) {
            second = now;
            final List<MaintenanceWindow> covering =
                    windows.stream().filter(window -> window.covers(nowNs)).toList();
            if (!covering.equals(open)) {
                open = covering;
                version++;
            }
        }
        final boolean over =
                !byId.isEmpty() && byId.values().removeIf(silence -> nowNs >= silence.untilNs());
        if (over) {
            changed();
        }
        return over;
    }

    private void changed() {
        standing = List.copyOf(byId.values());
        version++;
    }

    /**
     * The id of what silences this case, {@code maintenance:NAME} for a window, "" for nothing;
     * kept with the case by who asks, and found anew only where something has changed.
     */
    String over(final Case of) {
        return of.notes().isJudged(version, of.kind(), of.writer())
                ? of.notes().silencedBy()
                : find(of);
    }

    private String find(final Case of) {
        for (final MaintenanceWindow window : open) {
            if (window.matcher().matches(of)) {
                return "maintenance:" + window.name();
            }
        }
        for (final Silence silence : byId.values()) {
            if (silence.matcher().matches(of)) {
                return silence.id();
            }
        }
        return "";
    }

    /** Begins one; null where there are too many. */
    Silence begin(
            final CaseMatcher matcher,
            final String by,
            final String comment,
            final long lengthNs,
            final long nowNs) {
        if (byId.size() >= MOST) {
            return null;
        }
        long name = nowNs;
        while (byId.containsKey(Long.toHexString(name))) {
            name++;
        }
        final Silence silence =
                new Silence(Long.toHexString(name), matcher, by, comment, nowNs, nowNs + lengthNs);
        byId.put(silence.id(), silence);
        changed();
        return silence;
    }

    /** Ends one; false where there is none of this id. */
    boolean end(final String id) {
        final boolean known = byId.remove(id) != null;
        changed();
        return known;
    }

    /** Those that stand, oldest first. Any thread. */
    List<Silence> standing() {
        return standing;
    }
}
