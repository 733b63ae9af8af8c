package io.plumbline.inbound;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * How a consumer waits for the next message: latency bought with processor time. Chosen by its name
 * in the configuration.
 */
public enum WaitKind {
    /** Sleeps until woken, and looks by itself every 100 ms: the default. */
    TIMEOUT_BLOCKING("timeout-blocking"),
    /** Sleeps until woken; nothing at all is spent when idle. */
    BLOCKING("blocking"),
    /** As blocking, but producers skip the wake-up where nobody sleeps. */
    LITE_BLOCKING("lite-blocking"),
    /** Spins 10 us, yields 50 us, then sleeps until woken. */
    PHASED("phased"),
    /** Spins, yields, then naps 50 us at a time: producers never pay for a wake-up. */
    SLEEPING("sleeping"),
    /** Spins and yields: a whole core per consumer, given up to whoever wants it. */
    YIELDING("yielding"),
    /** Spins: a whole core per consumer; starves the producers unless there are cores to spare. */
    BUSY_SPIN("busy-spin");

    private static final long TIMEOUT_MS = 100;
    private static final long SPIN_US = 10;
    private static final long YIELD_US = 50;
    private static final int SPINS = 200;
    private static final long NAP_NS = 50_000;

    private final String label;

    WaitKind(final String label) {
        this.label = label;
    }

    /** The name in the configuration. */
    public String label() {
        return label;
    }

    /**
     * The kind of this name in the configuration.
     *
     * @throws IllegalArgumentException naming the choices, when there is none
     */
    public static WaitKind named(final String label) {
        for (final WaitKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "unknown wait strategy '"
                        + label
                        + "': use one of "
                        + Arrays.stream(values())
                                .map(WaitKind::label)
                                .collect(Collectors.joining(", ")));
    }

    WaitStrategy strategy() {
        return switch (this) {
            case TIMEOUT_BLOCKING ->
                    new ParkingWaitStrategy(TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS));
            case BLOCKING -> new BlockingWaitStrategy();
            case LITE_BLOCKING -> new LiteBlockingWaitStrategy();
            case PHASED ->
                    PhasedBackoffWaitStrategy.withLiteLock(
                            SPIN_US, YIELD_US, TimeUnit.MICROSECONDS);
            case SLEEPING -> new SleepingWaitStrategy(SPINS, NAP_NS);
            case YIELDING -> new YieldingWaitStrategy();
            case BUSY_SPIN -> new BusySpinWaitStrategy();
        };
    }
}
