package io.plumbline.app.alert;

import io.plumbline.finding.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One message to a pager. Any thread.
 *
 * @param id the same for every attempt and every channel: the receiver's idempotency key
 * @param dedupKey the fingerprint of the case, at most 255 characters
 * @param episode names this opening of the case
 * @param kind a name of the finding catalogue, or TEST
 * @param summary for a person, at most 1,024 code points
 * @param detail the finding as one JSON object, or "" where there is none
 * @param sinceNs when it began, ns since the epoch, data time
 * @param atNs when it was decided to say this, ns since the epoch, data time
 */
public record Alert(
        String id,
        Action action,
        String dedupKey,
        String episode,
        Severity severity,
        String kind,
        String summary,
        String detail,
        long sinceNs,
        long atNs) {
    /** The longest key that pagers take. */
    public static final int MAX_KEY_CHARS = 255;

    /** The longest summary that pagers take. */
    public static final int MAX_SUMMARY_CODE_POINTS = 1_024;

    /** A longer detail is left out and said to be: an alert always fits a pipe's buffer. */
    public static final int MAX_DETAIL_CHARS = 16 * 1_024;

    private static final int HASH_BYTES = 16;

    /** What the pager is to do. The label is an interface. */
    public enum Action {
        /** Open an incident, or tell an open one that it got worse. */
        TRIGGER,
        /** Close it. */
        RESOLVE,
        /** Somebody has taken it on. */
        ACKNOWLEDGE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Alert {
        dedupKey = key(dedupKey);
        summary = cut(summary);
        if (detail.length() > MAX_DETAIL_CHARS) {
            detail = "{\"omitted\":\"too long\",\"characters\":" + detail.length() + '}';
        }
    }

    /** The same, saying that it comes after its time. */
    Alert late(final long lateNs) {
        final String late = "late by " + TimeUnit.NANOSECONDS.toHours(lateNs) + " h: " + summary;
        return new Alert(
                id, action, dedupKey, episode, severity, kind, late, detail, sinceNs, atNs);
    }

    /** {@code fingerprint}, or when it is too long its head and a hash of the whole. */
    static String key(final String fingerprint) {
        if (fingerprint.length() <= MAX_KEY_CHARS) {
            return fingerprint;
        }
        try {
            final byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(fingerprint.getBytes(StandardCharsets.UTF_8));
            final String tail = '#' + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
            int head = MAX_KEY_CHARS - tail.length();
            if (Character.isHighSurrogate(fingerprint.charAt(head - 1))) {
                head--;
            }
            return fingerprint.substring(0, head) + tail;
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String cut(final String text) {
        return text.codePointCount(0, text.length()) <= MAX_SUMMARY_CODE_POINTS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_SUMMARY_CODE_POINTS - 1)) + '…';
    }
}
