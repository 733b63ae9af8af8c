package io.plumbline.finding;

/** Takes findings, in order: the desk, the findings file, tests. */
@FunctionalInterface
public interface FindingHandler {
    /** The finding is the caller's again on return. */
    void onFinding(Finding finding);

    /** Nothing more is waiting right now. */
    default void onBatchEnd() {}
}
