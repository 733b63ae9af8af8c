package io.plumbline.inbound;

import java.util.List;

/**
 * Sees consumers that have work and do not move. Called about once a second by a thread that none
 * of them can block (the timer's), which also says what time it is; a pause of the whole process
 * looks like a pause between two calls and accuses nobody.
 */
public final class Watchdog {
    /** The stall threshold unless configured otherwise. */
    public static final long DEFAULT_STALL_NS = 5_000_000_000L;

    /** Told of edges only, on the thread that calls {@link #check}. */
    public interface Listener {
        /** The consumer has {@code backlog} cells to take and has not moved for too long. */
        void stalled(String role, long backlog);

        /** It moves again, or what it had to do is done. */
        void recovered(String role);
    }

    private static final class Watch {
        private final Progress progress;
        private long position = Long.MIN_VALUE;
        private long movedNs;
        private boolean stalled;

        private Watch(final Progress progress) {
            this.progress = progress;
        }
    }

    private final long stallNs;
    private final Listener listener;
    private final List<Watch> watches;
    private long checkedNs = Long.MIN_VALUE;

    /**
     * @param stallNs how long a consumer with a backlog may stand still
     */
    public Watchdog(
            final long stallNs, final Listener listener, final List<? extends Progress> watched) {
        this.stallNs = stallNs;
        this.listener = listener;
        this.watches = watched.stream().map(Watch::new).toList();
    }

    /** Looks at every consumer once. */
    public void check(final long nowNs) {
        final boolean slept = checkedNs == Long.MIN_VALUE || nowNs - checkedNs >= stallNs;
        checkedNs = nowNs;
        for (final Watch watch : watches) {
            check(watch, slept, nowNs);
        }
    }

    private void check(final Watch watch, final boolean slept, final long nowNs) {
        final long position = watch.progress.position();
        final long backlog = watch.progress.backlog();
        final boolean moved = position != watch.position || backlog == 0;
        watch.position = position;
        if (moved || slept) {
            watch.movedNs = nowNs;
        }
        if (moved && watch.stalled) {
            watch.stalled = false;
            listener.recovered(watch.progress.role());
        } else if (!watch.stalled && nowNs - watch.movedNs > stallNs) {
            watch.stalled = true;
            listener.stalled(watch.progress.role(), backlog);
        }
    }
}
