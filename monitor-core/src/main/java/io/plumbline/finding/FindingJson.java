package io.plumbline.finding;

import io.plumbline.market.Channel;

/**
 * A finding as one JSON object on one line: the interface that files, hooks, the API and replays
 * share. The same finding gives the same bytes.
 */
public final class FindingJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private FindingJson() {}

    /**
     * Appends {@code finding} without a line end.
     *
     * @param text the sentence for a person
     */
    public static void append(
            final Finding finding, final CharSequence text, final StringBuilder out) {
        out.append("{\"kind\":\"").append(finding.kind.name());
        out.append("\",\"edge\":\"").append(finding.edge.label());
        out.append("\",\"severity\":\"").append(finding.severity.name());
        string(out.append("\",\"detector\":"), finding.detector);
        string(out.append(",\"venue\":"), finding.venue);
        string(out.append(",\"instrument\":"), finding.instrument);
        if (finding.channel != Channel.NONE) {
            string(out.append(",\"channel\":"), finding.channel.label());
        }
        if (!finding.key.isEmpty()) {
            string(out.append(",\"key\":"), finding.key);
        }
        if (!finding.writer.isEmpty()) {
            string(out.append(",\"writer\":"), finding.writer);
        }
        time(out.append(",\"at\":\""), finding.atNs);
        string(out.append("\",\"fingerprint\":"), finding.fingerprint());
        out.append(",\"evidence\":{");
        for (int i = 0; i < finding.evidenceCount(); i++) {
            final Evidence evidence = finding.evidence(i);
            string(out.append(i == 0 ? "" : ","), evidence.label());
            out.append(':');
            if (evidence.form() == Evidence.Form.INTEGER) {
                out.append(finding.text(i));
            } else {
                string(out, finding.text(i));
            }
        }
        if (finding.droppedBefore > 0) {
            out.append(finding.evidenceCount() == 0 ? "" : ",");
            out.append("\"findingsDroppedBefore\":").append(finding.droppedBefore);
        }
        string(out.append("},\"text\":"), text);
        out.append('}');
    }

    /** Appends {@code epochNs} as RFC 3339 in UTC with nine digits of a second. */
    public static void time(final StringBuilder out, final long epochNs) {
        final java.time.Instant instant =
                java.time.Instant.ofEpochSecond(
                        Math.floorDiv(epochNs, 1_000_000_000L),
                        Math.floorMod(epochNs, 1_000_000_000L));
        final java.time.ZonedDateTime utc = instant.atZone(java.time.ZoneOffset.UTC);
        padded(out, utc.getYear(), 4).append('-');
        padded(out, utc.getMonthValue(), 2).append('-');
        padded(out, utc.getDayOfMonth(), 2).append('T');
        padded(out, utc.getHour(), 2).append(':');
        padded(out, utc.getMinute(), 2).append(':');
        padded(out, utc.getSecond(), 2).append('.');
        padded(out, utc.getNano(), 9).append('Z');
    }

    /** Appends {@code value} as a JSON string with its quotes. */
    public static void string(final StringBuilder out, final CharSequence value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029') {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX[(c >> shift) & 15]);
                }
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static StringBuilder padded(final StringBuilder out, final int value, final int width) {
        final String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        return out.append(digits);
    }
}
