package io.plumbline.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What this process holds.
 *
 * @param heapBytes in use after a collection
 * @param cpuNs used so far by all threads
 */
record Footprint(long heapBytes, int threads, long descriptors, long cpuNs) {
    private static final double MIB = 1 << 20;

    static Footprint now() {
        System.gc();
        final UnixOperatingSystemMXBean system =
                (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system.getOpenFileDescriptorCount(),
                system.getProcessCpuTime());
    }

    /** The least of each over some: what is held in the long run. */
    static Footprint least(final List<Footprint> some) {
        return new Footprint(
                some.stream().mapToLong(Footprint::heapBytes).min().orElseThrow(),
                some.stream().mapToInt(Footprint::threads).min().orElseThrow(),
                some.stream().mapToLong(Footprint::descriptors).min().orElseThrow(),
                some.stream().mapToLong(Footprint::cpuNs).min().orElseThrow());
    }

    @Override
    public String toString() {
        return String.format(
                "%.1f MiB, %d threads, %d descriptors", heapBytes / MIB, threads, descriptors);
    }
}
