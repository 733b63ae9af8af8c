package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;

/** What a finding about a channel of events says to a person. Desk thread. */
final class ShapeSentence {
    private ShapeSentence() {}

    static void append(final Finding finding, final StringBuilder out) {
        if (finding.kind == FindingKind.EVENT_SILENT) {
            silent(finding, out);
        } else if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append("Messages on ")
                            .append(finding.key)
                            .append(" have their shape again after "),
                    finding.number(Evidence.LASTED_NS, 0));
        } else {
            shape(finding, out);
        }
    }

    private static void silent(final Finding finding, final StringBuilder out) {
        out.append("Channel ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            out.append(" speaks again");
        } else {
            Subject.duration(
                    out.append(" has said nothing for "), finding.number(Evidence.AGE_NS, 0));
            out.append(": does its publisher run, and publish under this name?");
        }
    }

    private static void shape(final Finding finding, final StringBuilder out) {
        final String field = finding.text(Evidence.FIELD);
        final String expected = finding.text(Evidence.EXPECTED_SHAPE);
        final String found = finding.text(Evidence.FOUND_SHAPE);
        out.append("Messages on ").append(finding.key);
        switch (finding.text(Evidence.CAUSE)) {
            case ShapeDetector.LEARNED:
                out.append(": their shape was learned from ")
                        .append(finding.text(Evidence.COUNT))
                        .append(" (")
                        .append(finding.text(Evidence.DETAIL))
                        .append(')');
                break;
            case ShapeDetector.NEW_FIELD:
                out.append(" have a new field ").append(field).append(" (").append(found);
                out.append("): accepted");
                break;
            case ShapeDetector.MISSING:
                out.append(" lack the field ").append(field).append(" (").append(expected);
                out.append(')');
                break;
            case ShapeDetector.RENAMED:
                out.append(" lack the field ")
                        .append(field)
                        .append(" (")
                        .append(expected)
                        .append("); ")
                        .append(found)
                        .append(" stands there: renamed?");
                break;
            default:
                out.append(": ")
                        .append(field)
                        .append(" is ")
                        .append(found)
                        .append(" where ")
                        .append(expected)
                        .append(" is expected");
                break;
        }
    }
}
