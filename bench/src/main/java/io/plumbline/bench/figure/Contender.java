package io.plumbline.bench.figure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** One side of a contest. */
interface Contender {
    String name();

    /** Runs so many passes and answers the time of all of them, ns. */
    long run(int passes) throws IOException;

    /**
     * What came out of the last pass, to compare with the others' and to keep it from being
     * optimised away.
     */
    long checksum();

    /** Whether it becomes faster as it runs. */
    default boolean isCompiledAsItRuns() {
        return true;
    }

    /** One that runs on the caller's thread. */
    static Contender inProcess(final String name, final LongSupplier pass) {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return measured(name, pass, threads::getCurrentThreadCpuTime);
    }

    /** The same by wall time: for what waits for somebody else. */
    static Contender onTheClock(final String name, final LongSupplier pass) {
        return measured(name, pass, System::nanoTime);
    }

    private static Contender measured(
            final String name, final LongSupplier pass, final LongSupplier nowNs) {
        return new Contender() {
            private long checksum;

            @Override
            public String name() {
                return name;
            }

            @Override
            public long run(final int passes) {
                final long beforeNs = nowNs.getAsLong();
                for (int i = 0; i < passes; i++) {
                    checksum = pass.getAsLong();
                }
                return nowNs.getAsLong() - beforeNs;
            }

            @Override
            public long checksum() {
                return checksum;
            }
        };
    }
}
