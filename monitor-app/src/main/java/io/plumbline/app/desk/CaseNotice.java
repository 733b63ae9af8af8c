package io.plumbline.app.desk;

/**
 * What the desk wants known of a case.
 *
 * @param of the case now; RESOLVED means that it need not be kept any longer
 * @param atNs when it was decided, data time
 */
public record CaseNotice(Action action, CaseRecord of, long atNs) {
    /** What to do with it. */
    public enum Action {
        /** Page, and keep the case. Also an escalation: the same fingerprint, a worse severity. */
        TRIGGER,
        /** Take the page back, and forget the case. */
        RESOLVE,
        /** Tell that somebody has taken it on; the case stays. */
        ACKNOWLEDGE,
        /** Tell nobody; keep the case for a restart, or forget it when it is resolved. */
        KEEP
    }
}
