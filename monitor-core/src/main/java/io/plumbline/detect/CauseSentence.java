package io.plumbline.detect;

import io.plumbline.diagnose.Cause;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;

/** What a cause tells an engineer to look at. Desk thread; reads only the finding. */
final class CauseSentence {
    private CauseSentence() {}

    /** A clause about "it", the value; without a full stop. */
    static void append(final Finding finding, final StringBuilder out) {
        final String field = finding.text(Evidence.FIELD);
        switch (Cause.valueOf(finding.text(Evidence.CAUSE))) {
            case OTHER_FIELD:
                out.append("it is the ")
                        .append(finding.text(Evidence.CAUSE_FIELD))
                        .append(": the writer reads the ")
                        .append(finding.text(Evidence.CAUSE_FIELD))
                        .append(" where it should read the ")
                        .append(field);
                break;
            case OTHER_MARKET:
                subject(finding, out)
                        .append(", another market of the same exchange: look at which market the")
                        .append(" writer subscribes to for this key");
                break;
            case OTHER_VENUE:
                subject(finding, out)
                        .append(", another exchange: look at which feed the writer fills this")
                        .append(" key from");
                break;
            case OTHER_INSTRUMENT:
                subject(finding, out)
                        .append(", another instrument: look at how the writer maps symbols to")
                        .append(" keys; keys may be swapped");
                break;
            case CONTRACT_MULTIPLIER:
                factor(finding, out)
                        .append(": the contract counts many coins, and the writer converts the")
                        .append(" price of one where it should not, or the other way round");
                break;
            case SCALED:
                factor(finding, out)
                        .append(": look at the exponent or unit that the writer scales by");
                break;
            case INVERTED:
                out.append("it is 1 / ")
                        .append(finding.text(Evidence.CAUSE_PRICE))
                        .append(": the writer turns the pair round");
                break;
            case FLOAT64_NOISE:
                out.append("the noise of binary arithmetic: the writer computes prices as double")
                        .append(" and prints every digit; format them by the tick size");
                break;
            case FLOAT32:
                out.append("a float of 32 bits: the writer, or its serialisation, holds prices")
                        .append(" in too few bits");
                break;
            case TRUNCATED:
                out.append("it is ")
                        .append(finding.text(Evidence.CAUSE_PRICE))
                        .append(" with digits cut or rounded off: look at the number format that")
                        .append(" the writer prints with");
                break;
            case FINER_THAN_TICK:
                out.append("digits finer than the tick: the writer computes the price, or reads a")
                        .append(" market with a finer tick");
                break;
            case OLDER_VALUE:
                Subject.duration(
                        out.append("it was the ").append(field).append(' '),
                        finding.number(Evidence.AGE_NS, 0));
                out.append(" before: the writer stands, is far behind, or plays old data back");
                break;
            case WRONG_QUOTE:
                currency(finding, out);
                break;
            default:
                out.append("no known cause fits: no other field, market, exchange or instrument,")
                        .append(" no factor, rounding, age or currency");
                break;
        }
    }

    private static StringBuilder subject(final Finding finding, final StringBuilder out) {
        return out.append("it is the ")
                .append(finding.text(Evidence.FIELD))
                .append(" of ")
                .append(finding.text(Evidence.CAUSE_INSTRUMENT))
                .append(" on ")
                .append(finding.text(Evidence.CAUSE_VENUE));
    }

    private static StringBuilder factor(final Finding finding, final StringBuilder out) {
        return out.append("it is ")
                .append(finding.text(Evidence.CAUSE_PRICE))
                .append(" times ")
                .append(finding.text(Evidence.CAUSE_FACTOR));
    }

    private static void currency(final Finding finding, final StringBuilder out) {
        if (finding.number(Evidence.CAUSE_RATE, 0) == 0) {
            subject(finding, out);
        } else {
            out.append("it is the price at the rate of ")
                    .append(finding.text(Evidence.CAUSE_INSTRUMENT))
                    .append(" on ")
                    .append(finding.text(Evidence.CAUSE_VENUE))
                    .append(", ")
                    .append(finding.text(Evidence.CAUSE_RATE));
        }
        out.append(": a price in another currency; look at which quote the writer subscribes to");
    }
}
