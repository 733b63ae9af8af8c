package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;

/** What a finding about a stream says to a person. Desk thread. */
final class StreamSentence {
    private static final String NOT_GIVEN = "?";

    private StreamSentence() {}

    static void append(final Finding finding, final StringBuilder out) {
        if (finding.kind == FindingKind.KEY_MISSING) {
            out.append("Stream ")
                    .append(finding.key)
                    .append(finding.edge == Edge.CLOSE ? " is there again" : " is missing");
        } else if (finding.kind == FindingKind.STREAM_TRIMMED_UNREAD) {
            trimmed(finding, out);
        } else if (finding.edge == Edge.CLOSE && "too long".equals(finding.text(Evidence.CAUSE))) {
            out.append("Stream ").append(finding.key).append(" is short enough again");
        } else if (finding.edge == Edge.CLOSE) {
            out.append("Stream ").append(finding.key).append(" is read in time again");
            final long lastedNs = finding.number(Evidence.LASTED_NS, 0);
            if (lastedNs > 0) {
                Subject.duration(out.append(" after "), lastedNs);
            }
        } else {
            lag(finding, out);
        }
    }

    private static void trimmed(final Finding finding, final StringBuilder out) {
        final String count = finding.text(Evidence.MISSING_COUNT);
        out.append(NOT_GIVEN.equals(count) ? "Entries" : count + " entries")
                .append(" of stream ")
                .append(finding.key)
                .append(
                        " were trimmed before the group had read them: they are lost to it; raise"
                                + " MAXLEN or look at its consumers");
    }

    private static void lag(final Finding finding, final StringBuilder out) {
        final String cause = finding.text(Evidence.CAUSE);
        out.append("Stream ").append(finding.key);
        switch (cause) {
            case "group missing":
                out.append(": the group is missing, its consumers get NOGROUP (XGROUP CREATE)");
                return;
            case "too long":
                out.append(" holds ")
                        .append(finding.text(Evidence.COUNT))
                        .append(" entries, more than ")
                        .append(finding.text(Evidence.LIMIT));
                return;
            case "not acknowledged":
                Subject.duration(
                        out.append(": the oldest delivered entry has not been acknowledged for "),
                        finding.number(Evidence.AGE_NS, 0));
                out.append(" by consumer ").append(finding.text(Evidence.CONSUMER));
                break;
            default:
                Subject.duration(
                        out.append(": the first unread entry has waited for "),
                        finding.number(Evidence.AGE_NS, 0));
                out.append(" (").append(cause).append(')');
                break;
        }
        final String waiting = finding.text(Evidence.WAITING);
        out.append("; unread: ").append(NOT_GIVEN.equals(waiting) ? "unknown" : waiting);
        final String pending = finding.text(Evidence.PENDING);
        if (!NOT_GIVEN.equals(pending)) {
            out.append(", pending: ").append(pending);
        }
    }
}
