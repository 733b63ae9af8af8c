package io.plumbline.detect;

import io.plumbline.diagnose.Cause;
import io.plumbline.diagnose.Precision;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.ValueFault;
import io.plumbline.market.WatchedKeys;

/**
 * PRICE_PRECISION: the value is no whole number of ticks, though it means a price that is: binary
 * floating point noise, a float32, or digits finer than the tick beside the current reference. A
 * value that is off the grid and far from everything is the price detector's.
 */
public final class PrecisionDetector implements Detector {
    private final MarketState state;
    private final long clearAfterNs;
    private final long[] sinceNs;
    private final long[] lastNs;

    /** Whether what the key shows now, if anything, is not off the grid. */
    private final boolean[] onGrid;

    private final Decimal meant = new Decimal();
    private final Decimal reference = new Decimal();

    /**
     * @param clearAfterNs how long values must be on the grid before the finding closes
     */
    public PrecisionDetector(final MarketState state, final long clearAfterNs) {
        this.state = state;
        this.clearAfterNs = clearAfterNs;
        sinceNs = new long[state.keys.size()];
        lastNs = new long[state.keys.size()];
        onGrid = new boolean[state.keys.size()];
    }

    @Override
    public String name() {
        return "precision";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.TIMER) {
            for (int id = 0; id < sinceNs.length; id++) {
                if (sinceNs[id] != 0 && onGrid[id] && nowNs - lastNs[id] > clearAfterNs) {
                    close(id, nowNs, findings);
                }
            }
            return;
        }
        if (event.type == EventType.KEY_VALUE && event.key >= 0) {
            onGrid[event.key] = true;
        }
        if (event.type != EventType.KEY_VALUE
                || event.key < 0
                || event.keyState != KeyState.PRESENT
                || event.valueFault != ValueFault.NONE) {
            return;
        }
        final WatchedKeys.WatchedKey key = state.keys.key(event.key);
        final Decimal tick = state.instruments.tick(key.instrument());
        if (!tick.isGiven() || tick.signum() == 0 || key.field().isDerived()) {
            return;
        }
        if (event.price.onGrid(tick)) {
            return;
        }
        if (referenceIsOff(key, tick)) {
            return;
        }
        final Cause cause = Precision.cause(event.price, tick);
        if (cause == Cause.FINER_THAN_TICK && !besideReference(key, event.price, tick)) {
            return;
        }
        lastNs[event.key] = nowNs;
        onGrid[event.key] = false;
        if (sinceNs[event.key] == 0) {
            sinceNs[event.key] = nowNs;
            Deviation.round(event.price, tick, meant);
            final Finding finding =
                    findings.claim(FindingKind.PRICE_PRECISION, Edge.OPEN, name(), nowNs);
            Subject.key(finding, state, event.key)
                    .with(Evidence.EXPECTED, meant)
                    .with(Evidence.OBSERVED, event.price)
                    .with(Evidence.SAMPLE, event.text(40))
                    .with(Evidence.TICK_SIZE, tick)
                    .with(Evidence.CAUSE, cause.name());
            Sight.show(finding, state, event.key);
            Deviation.show(finding, event.price, meant, tick);
            findings.publish();
        }
    }

    /**
     * The venue itself trades off the grid: then it is the tick size that is wrong, not the key.
     */
    private boolean referenceIsOff(final WatchedKeys.WatchedKey key, final Decimal tick) {
        final PriceHistory history = state.references.history(key.instrument(), key.field());
        if (history == null || history.size() == 0) {
            return false;
        }
        history.value(0, reference);
        return !reference.onGrid(tick);
    }

    private boolean besideReference(
            final WatchedKeys.WatchedKey key, final Decimal value, final Decimal tick) {
        final PriceHistory history = state.references.history(key.instrument(), key.field());
        if (history == null || history.size() == 0) {
            return false;
        }
        history.value(0, reference);
        return value.within(reference, tick, 1, key.toleranceBps());
    }

    private void close(final int key, final long nowNs, final FindingSink findings) {
        final Finding finding =
                findings.claim(FindingKind.PRICE_PRECISION, Edge.CLOSE, name(), nowNs);
        Subject.key(finding, state, key).with(Evidence.LASTED_NS, nowNs - sinceNs[key]);
        Sight.show(finding, state, key);
        findings.publish();
        sinceNs[key] = 0;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Redis key ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" is on the tick grid again after "),
                    finding.number(Evidence.LASTED_NS, 0));
        } else {
            out.append(" is off the tick grid: ")
                    .append(finding.text(Evidence.SAMPLE))
                    .append(" where ")
                    .append(finding.text(Evidence.EXPECTED))
                    .append(" was meant (tick ")
                    .append(finding.text(Evidence.TICK_SIZE))
                    .append("); ");
            CauseSentence.append(finding, out);
        }
    }
}
