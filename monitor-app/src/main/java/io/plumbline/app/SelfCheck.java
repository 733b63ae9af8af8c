package io.plumbline.app;

import io.plumbline.app.alert.Vouch;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.feed.FeedStatus;
import io.plumbline.market.SessionState;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether the monitor can vouch for itself: the engine moves, nobody stands still, every feed is
 * heard or known to be down, no alert waits for long. Its heartbeats cease when it cannot: what
 * cannot page any more must not say that all is well. Judged by the desk clock, read by any thread.
 */
final class SelfCheck implements Vouch {
    static final long ENGINE_STANDS_NS = 5_000_000_000L;
    static final long SILENT_NS = 60_000_000_000L;
    static final long WAITS_NS = 60_000_000_000L;

    private static final long SECOND_NS = 1_000_000_000L;

    /** The judge itself stands still when it has not judged for so long. */
    private static final long UNJUDGED_NS = 5 * SECOND_NS;

    /**
     * What is looked at.
     *
     * @param engineNs when the engine last took a message, 0 before
     * @param stalled consumers that have work and do not move
     * @param feeds where each of them stands
     * @param cases what is open
     * @param oldestNs when the oldest alert that waits was accepted; MAX_VALUE for none
     * @param clock what time it is for whoever asks
     */
    record Senses(
            LongSupplier engineNs,
            Supplier<Set<String>> stalled,
            Supplier<List<FeedStatus>> feeds,
            Supplier<List<CaseRecord>> cases,
            LongSupplier oldestNs,
            LongSupplier clock) {}

    /** What was judged, and when. */
    private record Judgement(long atNs, String doubt) {}

    private volatile Senses senses;
    private volatile Judgement judged = new Judgement(0, "the monitor is starting");

    /** From here on there is something to look at. */
    void becomes(final Senses now) {
        senses = now;
    }

    /** Looks once a second. Desk clock's thread. */
    void judge(final long nowNs) {
        if (senses != null && nowNs - judged.atNs >= SECOND_NS) {
            judged = new Judgement(nowNs, look(senses, nowNs));
        }
    }

    @Override
    public String doubt() {
        final Judgement last = judged;
        return senses != null && senses.clock.getAsLong() - last.atNs > UNJUDGED_NS
                ? "the desk's clock stands still"
                : last.doubt;
    }

    /** The doubt in words that stay the same while it does: who logs them logs edges. */
    private static String look(final Senses senses, final long nowNs) {
        final long engineNs = senses.engineNs.getAsLong();
        if (engineNs == 0) {
            return "the engine has not seen a message yet";
        }
        if (nowNs - engineNs > ENGINE_STANDS_NS) {
            return "the engine has not moved for " + seconds(ENGINE_STANDS_NS);
        }
        final Set<String> stalled = senses.stalled.get();
        if (!stalled.isEmpty()) {
            return String.join(", ", stalled) + " stands still";
        }
        final long oldestNs = senses.oldestNs.getAsLong();
        if (nowNs > oldestNs && nowNs - oldestNs > WAITS_NS) {
            return "an alert has waited for more than " + seconds(WAITS_NS);
        }
        for (final FeedStatus feed : senses.feeds.get()) {
            if (unheard(feed, nowNs) && senses.cases.get().stream().noneMatch(of -> of(of, feed))) {
                return feed.name()
                        + " counts as live and has said nothing for "
                        + seconds(SILENT_NS);
            }
        }
        return "";
    }

    private static boolean unheard(final FeedStatus feed, final long nowNs) {
        return feed.state() == SessionState.LIVE
                && nowNs - Math.max(feed.lastMessageNs(), feed.sinceNs()) > SILENT_NS;
    }

    /** Whether the case is about the feed, or about something of its venue. */
    private static boolean of(final CaseRecord open, final FeedStatus feed) {
        return feed.name().equals(open.key())
                || !open.venue().isEmpty()
                        && (feed.name().equals(open.venue())
                                || feed.name().startsWith(open.venue() + '/'));
    }

    private static String seconds(final long ns) {
        return ns / SECOND_NS + " s";
    }
}
