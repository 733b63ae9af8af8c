package io.plumbline.diagnose;

import io.plumbline.market.MarketState;

/** All explainers, in the order of {@link Cause}. Engine thread. */
public final class Diagnosis {
    private final Explainer[] explainers;

    /** Once all instruments are known. */
    public Diagnosis(final MarketState state) {
        final Kinship kinship = new Kinship(state.instruments);
        explainers =
                new Explainer[] {
                    new OtherField(state.references),
                    SameCoin.onOtherMarket(kinship, state.references),
                    SameCoin.onOtherVenue(kinship, state.references),
                    new OtherInstrument(state.instruments, kinship, state.references),
                    new Scaled(kinship),
                    new Inverted(),
                    new FloatNoise(),
                    new Truncated(),
                    new OlderValue(),
                    SameCoin.inOtherCurrency(kinship, state.references),
                    new OtherCurrency(kinship, state.references)
                };
    }

    /** A new inquiry into one key. */
    public Inquiry inquiry() {
        return new Inquiry();
    }

    /** Takes one more wrong value of the key that {@code inquiry} is about. */
    public void ask(final Inquiry inquiry, final WrongValue wrong) {
        if (inquiry.begin(wrong)) {
            for (final Explainer explainer : explainers) {
                explainer.explain(wrong, inquiry);
            }
            inquiry.end();
        }
    }
}
