package io.plumbline.app.desk;

import java.util.List;

/** Where the desk puts what must survive it: pages and open cases. Desk thread. */
@FunctionalInterface
public interface Pager {
    /** Keeps nothing and tells nobody: replays, where the findings are the result. */
    Pager NONE = notices -> {};

    /**
     * Makes {@code notices} durable, all or none, in this order; delivery goes on elsewhere. Never
     * throws: an implementation whose disk fails holds them in memory and reports that.
     */
    void commit(List<CaseNotice> notices);

    /** Makes the silences that stand durable, in the place of those that stood. Never throws. */
    default void keep(final List<Silence> standing) {}
}
