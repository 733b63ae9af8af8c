package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;

/** The sentences of the price findings. Desk thread. */
final class PriceSentence {
    private PriceSentence() {}

    static void append(final Finding finding, final StringBuilder out) {
        out.append("Redis key ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            closed(finding, out);
        } else if (finding.kind == FindingKind.PRICE_AHEAD) {
            Subject.duration(
                    out.append(" is ahead: it showed ")
                            .append(finding.text(Evidence.OBSERVED))
                            .append(' '),
                    -finding.number(Evidence.LAG_NS, 0));
            out.append(" before our own feed did");
        } else if (finding.kind == FindingKind.PRICE_LATE) {
            out.append(" is late: it shows ")
                    .append(finding.text(Evidence.OBSERVED))
                    .append(", which stopped being the ")
                    .append(finding.text(Evidence.FIELD))
                    .append(" of ");
            Subject.append(out, finding).append(" at least ");
            Subject.duration(out, finding.number(Evidence.LAG_NS, 0)).append(" before");
        } else {
            out.append(" is wrong: it shows ")
                    .append(finding.text(Evidence.OBSERVED))
                    .append(" where the ")
                    .append(finding.text(Evidence.FIELD))
                    .append(" of ");
            Subject.append(out, finding)
                    .append(" was ")
                    .append(finding.text(Evidence.EXPECTED))
                    .append(", off by ")
                    .append(finding.text(Evidence.DEVIATION_BPS))
                    .append(" bps; ");
            CauseSentence.append(finding, out);
        }
    }

    private static void closed(final Finding finding, final StringBuilder out) {
        out.append(finding.kind == FindingKind.PRICE_LATE ? " is on time" : " is right")
                .append(" again after ");
        Subject.duration(out, finding.number(Evidence.LASTED_NS, 0));
        if (finding.kind == FindingKind.PRICE_LATE) {
            Subject.duration(out.append(", at worst "), finding.number(Evidence.LARGEST_LAG_NS, 0));
            out.append(" late");
        } else if (!finding.text(Evidence.CAUSE).equals("?")) {
            CauseSentence.append(finding, out.append("; what it was: "));
        }
    }
}
