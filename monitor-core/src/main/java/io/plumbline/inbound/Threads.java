package io.plumbline.inbound;

/**
 * Makes and starts threads: the only way in which the core gets one. The composition root names,
 * tracks and pins them.
 */
@FunctionalInterface
public interface Threads {
    /** Starts a daemon thread named {@code role} that runs {@code body}. */
    Thread start(String role, Runnable body);
}
