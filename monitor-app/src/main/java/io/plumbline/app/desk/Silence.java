package io.plumbline.app.desk;

/**
 * A person has asked that nobody be paged for some cases, for some time.
 *
 * @param by who asked
 * @param comment why
 * @param fromNs when it was asked, ns since the epoch
 * @param untilNs from then on it is over
 */
public record Silence(
        String id, CaseMatcher matcher, String by, String comment, long fromNs, long untilNs) {}
