package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;

/** DATABASE_DISAGREES for a person. */
final class DatabaseSentence {
    private DatabaseSentence() {}

    static void append(final Finding finding, final StringBuilder out) {
        out.append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            out.append(" agrees again, after ");
            Subject.duration(out, finding.number(Evidence.LASTED_NS, 0));
            return;
        }
        out.append(": ").append(finding.text(Evidence.CAUSE));
        final String sample = finding.text(Evidence.SAMPLE);
        final String detail = finding.text(Evidence.DETAIL);
        final String observed = finding.text(Evidence.OBSERVED);
        if (!detail.equals("?")) {
            out.append(" (").append(detail).append(')');
        } else if (!sample.equals("?")) {
            out.append(" (").append(sample).append(')');
        } else if (!observed.equals("?")) {
            out.append(", ")
                    .append(observed)
                    .append(" where ")
                    .append(finding.text(Evidence.EXPECTED))
                    .append(" is current");
        }
        if (finding.number(Evidence.AGE_NS, -1) >= 0) {
            Subject.duration(out.append("; "), finding.number(Evidence.AGE_NS, 0)).append(" old");
        }
    }
}
