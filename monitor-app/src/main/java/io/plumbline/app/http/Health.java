package io.plumbline.app.http;

import java.util.List;

/**
 * How the monitor as a whole is.
 *
 * @param version the build
 * @param startedAtNs when the process started, ns since the epoch
 * @param nowNs when this was read, ns since the epoch
 * @param reasons one sentence each for what keeps it from being UP; empty when it is
 */
public record Health(
        Status status, String version, long startedAtNs, long nowNs, List<String> reasons) {
    /** Verdict over the monitor, best first. */
    public enum Status {
        /** It vouches for everything it was told to watch. */
        UP,
        /** It works, but cannot vouch for everything: the reasons say for what. */
        DEGRADED,
        /** It cannot vouch for anything: the engine stands, or nothing can be judged. */
        DOWN
    }
}
