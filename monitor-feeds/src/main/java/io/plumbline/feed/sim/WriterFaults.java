package io.plumbline.feed.sim;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Injects faults of the price writer. Simulation thread. */
public final class WriterFaults implements FaultListener {
    /** The digits of a binary double printed in full. */
    private static final int DOUBLE_DIGITS = 17;

    private static final long NS_PER_MS = 1_000_000;

    /** The most delayed writes of one key; the oldest are dropped beyond it. */
    private static final int MAX_DELAYED = 65_536;

    private final PriceWriter writer;
    private final Map<InjectedFault, List<Tap>> taps = new HashMap<>();

    public WriterFaults(final PriceWriter writer) {
        this.writer = writer;
    }

    @Override
    public void started(final InjectedFault injected, final long nowNs) {
        final Fault fault = injected.fault();
        switch (fault.kind()) {
            case STOPPED_WRITER:
                for (final PriceKey key : writer.keys()) {
                    tap(injected, key, key, withheld(injected), nowNs, false);
                }
                break;
            case FROZEN_KEY:
                distort(injected, withheld(injected), nowNs, false);
                break;
            case LATE_WRITER:
                distort(
                        injected,
                        new Delay(injected, fault.number(FaultParameter.LAG_MS) * NS_PER_MS),
                        nowNs,
                        false);
                break;
            case KEY_DELETED:
                writer.delete(target(fault), nowNs);
                injected.acted(nowNs);
                distort(injected, (source, atNs) -> {}, nowNs, false);
                break;
            case KEY_EXPIRED:
                expire(injected, nowNs);
                break;
            case SWAPPED_SYMBOLS:
                final PriceKey one = target(fault);
                final PriceKey two = writer.key(fault.text(FaultParameter.OTHER_SYMBOL));
                tap(injected, one, two, copy(injected, one, two), nowNs, true);
                tap(injected, two, one, copy(injected, two, one), nowNs, true);
                break;
            case OTHER_MARKET:
                final PriceKey spot = writer.key(fault.text(FaultParameter.OTHER_SYMBOL));
                final PriceKey perpetual = target(fault);
                tap(injected, spot, perpetual, copy(injected, spot, perpetual), nowNs, true);
                break;
            case MISNAMED_KEY:
                misname(injected, nowNs);
                break;
            case LAST_WRITE_WINS:
                final Distortion batch =
                        new LastWins(
                                writer,
                                injected,
                                fault.number(FaultParameter.FLUSH_MS) * NS_PER_MS);
                for (final PriceKey key : writer.keys()) {
                    tap(injected, key, key, batch, nowNs, false);
                }
                break;
            case WRONG_VALUE:
            case SCALED:
            case FLOAT_NOISE:
            case TTL_MISSING:
            case MALFORMED_VALUE:
                distort(injected, (source, atNs) -> wrong(injected, source, atNs), nowNs, true);
                break;
            default:
                break;
        }
    }

    /** The right key goes; its prices are written to another name from now on. */
    private void misname(final InjectedFault injected, final long nowNs) {
        final PriceKey right = target(injected.fault());
        final PriceKey wrong =
                new PriceKey(right.symbol, injected.fault().text(FaultParameter.NAME));
        writer.delete(right, nowNs);
        distort(
                injected,
                (source, atNs) -> {
                    injected.acted(atNs);
                    injected.count("writes", 1);
                    writer.write(wrong, source.price, writer.settings().ttlMs(), atNs);
                },
                nowNs,
                true);
    }

    @Override
    public void ended(final InjectedFault injected, final long nowNs) {
        final List<Tap> ended = taps.remove(injected);
        if (ended == null) {
            return;
        }
        if (injected.fault().kind() == FaultKind.MISNAMED_KEY) {
            final Fault fault = injected.fault();
            writer.delete(new PriceKey(fault.symbol(), fault.text(FaultParameter.NAME)), nowNs);
        }
        for (final Tap tap : ended) {
            tap.source.distortions.remove(tap.distortion);
            tap.target.withheldBy--;
            if (tap.target.withheldBy == 0) {
                writer.writeTrue(tap.target, nowNs);
            }
        }
    }

    private PriceKey target(final Fault fault) {
        return writer.key(fault.symbol());
    }

    private void distort(
            final InjectedFault injected,
            final Distortion distortion,
            final long nowNs,
            final boolean atOnce) {
        final PriceKey key = target(injected.fault());
        tap(injected, key, key, distortion, nowNs, atOnce);
    }

    /** From now on {@code target} is filled by {@code distortion} from the price of source. */
    private void tap(
            final InjectedFault injected,
            final PriceKey source,
            final PriceKey target,
            final Distortion distortion,
            final long nowNs,
            final boolean atOnce) {
        taps.computeIfAbsent(injected, key -> new ArrayList<>())
                .add(new Tap(source, target, distortion));
        source.distortions.add(distortion);
        target.withheldBy++;
        if (atOnce && source.price != null) {
            distortion.onPrice(source, nowNs);
        }
    }

    private static Distortion withheld(final InjectedFault injected) {
        return (source, nowNs) -> {
            injected.acted(nowNs);
            injected.count("withheldWrites", 1);
        };
    }

    private Distortion copy(
            final InjectedFault injected, final PriceKey source, final PriceKey target) {
        return (changed, nowNs) -> put(injected, target, source.price, nowNs);
    }

    private void expire(final InjectedFault injected, final long nowNs) {
        final PriceKey key = target(injected.fault());
        final long ttlMs = injected.fault().number(FaultParameter.TTL_MS);
        if (key.price != null) {
            writer.write(key, key.price, ttlMs, nowNs);
            injected.acted(nowNs + ttlMs * NS_PER_MS);
        }
        distort(injected, (source, atNs) -> {}, nowNs, false);
    }

    private void wrong(final InjectedFault injected, final PriceKey key, final long nowNs) {
        final Fault fault = injected.fault();
        final BigDecimal price = new BigDecimal(key.price);
        switch (fault.kind()) {
            case WRONG_VALUE:
                final BigDecimal off =
                        new BigDecimal(fault.text(FaultParameter.TICK_SIZE))
                                .multiply(
                                        BigDecimal.valueOf(
                                                fault.number(FaultParameter.OFFSET_TICKS)))
                                .add(key.recentRange());
                put(injected, key, price.add(off).toPlainString(), nowNs);
                break;
            case SCALED:
                final int exponent = (int) fault.number(FaultParameter.EXPONENT);
                put(injected, key, price.scaleByPowerOfTen(exponent).toPlainString(), nowNs);
                break;
            case FLOAT_NOISE:
                put(injected, key, noisy(price), nowNs);
                break;
            case TTL_MISSING:
                injected.acted(nowNs);
                injected.count("writes", 1);
                writer.write(key, key.price, 0, nowNs);
                break;
            default:
                injected.acted(nowNs);
                injected.count("writes", 1);
                writer.writeRaw(
                        key, fault.text(FaultParameter.TEXT), writer.settings().ttlMs(), nowNs);
                break;
        }
    }

    /** Writes a wrong price and keeps the first pair as evidence. */
    private void put(
            final InjectedFault injected,
            final PriceKey target,
            final String price,
            final long nowNs) {
        injected.acted(nowNs);
        injected.firstDetail(target.key + ".expected", String.valueOf(target.price));
        injected.firstDetail(target.key + ".written", price);
        injected.count("writes", 1);
        writer.write(target, price, writer.settings().ttlMs(), nowNs);
    }

    /** The price with a few units added in the 17th digit, as sums of doubles show them. */
    static String noisy(final BigDecimal price) {
        final BigDecimal plain = price.stripTrailingZeros();
        final int scale = DOUBLE_DIGITS - (plain.precision() - plain.scale());
        final long units = 1 + Math.floorMod(plain.unscaledValue().longValue(), 7L);
        return plain.setScale(scale).add(BigDecimal.valueOf(units, scale)).toPlainString();
    }

    /** Where a fault sits: the price it listens to, and the key that it fills or starves. */
    private static final class Tap {
        final PriceKey source;
        final PriceKey target;
        final Distortion distortion;

        Tap(final PriceKey source, final PriceKey target, final Distortion distortion) {
            this.source = source;
            this.target = target;
            this.distortion = distortion;
        }
    }

    /** Writes every price, but later. */
    private final class Delay implements Distortion {
        private final InjectedFault injected;
        private final long lagNs;
        private final Queue<Late> waiting = new ArrayDeque<>();
        private PriceKey key;

        Delay(final InjectedFault injected, final long lagNs) {
            this.injected = injected;
            this.lagNs = lagNs;
        }

        @Override
        public void onPrice(final PriceKey source, final long nowNs) {
            key = source;
            injected.acted(nowNs);
            waiting.add(new Late(source.price, nowNs + lagNs));
            if (waiting.size() > MAX_DELAYED) {
                waiting.remove();
            }
        }

        @Override
        public void step(final long nowNs) {
            while (!waiting.isEmpty() && nowNs >= waiting.peek().dueNs()) {
                injected.count("lateWrites", 1);
                writer.write(key, waiting.remove().price(), writer.settings().ttlMs(), nowNs);
            }
        }
    }

    /** A price and when it may be written. */
    private record Late(String price, long dueNs) {}
}
