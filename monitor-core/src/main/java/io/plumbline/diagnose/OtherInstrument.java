package io.plumbline.diagnose;

import io.plumbline.market.Instruments;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.RecentValues;
import io.plumbline.market.References;

/** The same field of any other instrument: swapped keys. Found by value, not by looking at all. */
final class OtherInstrument implements Explainer {
    private final Instruments instruments;
    private final Kinship kinship;
    private final References references;

    OtherInstrument(
            final Instruments instruments, final Kinship kinship, final References references) {
        this.instruments = instruments;
        this.kinship = kinship;
        this.references = references;
    }

    @Override
    public void explain(final WrongValue wrong, final Inquiry out) {
        for (int i = 0; i < out.size(); i++) {
            if (out.claim(i).cause == Cause.OTHER_INSTRUMENT) {
                compare(wrong, out.claim(i).instrument, out);
            }
        }
        for (int way = 0; way < RecentValues.WAYS; way++) {
            final int other = references.recent().instrument(wrong.value.mantissa(), way);
            if (other >= 0 && !kinship.isSameCoin(wrong.instrument, other)) {
                compare(wrong, other, out);
            }
        }
    }

    private void compare(final WrongValue wrong, final int other, final Inquiry out) {
        final PriceHistory history = references.history(other, wrong.field);
        final int attempt = history == null ? 0 : wrong.same(history);
        if (attempt > 0) {
            out.claim(
                                    Cause.OTHER_INSTRUMENT,
                                    other,
                                    null,
                                    0,
                                    wrong.information(),
                                    attempt,
                                    instruments.size())
                            .sinceNs =
                    history.validFromNs(wrong.version(history, attempt));
        }
    }
}
