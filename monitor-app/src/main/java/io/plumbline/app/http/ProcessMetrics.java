package io.plumbline.app.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;

/**
 * The process and its JVM under the names that Prometheus dashboards know; what a platform cannot
 * tell is left out.
 */
final class ProcessMetrics implements MultiCollector {
    private static final Path STATUS = Path.of("/proc/self/status");

    @Override
    public MetricSnapshots collect() {
        final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        memory(snapshots);
        collections(snapshots);
        snapshots.metricSnapshot(
                gauge("jvm_threads_current", "Threads of the JVM")
                        .dataPoint(point(ManagementFactory.getThreadMXBean().getThreadCount(), ""))
                        .build());
        process(snapshots);
        return snapshots.build();
    }

    private static void memory(final MetricSnapshots.Builder snapshots) {
        final MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        final MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        snapshots.metricSnapshot(
                gauge("jvm_memory_used_bytes", "Used bytes of a memory area")
                        .dataPoint(point(heap.getUsed(), "heap"))
                        .dataPoint(point(other.getUsed(), "nonheap"))
                        .build());
        snapshots.metricSnapshot(
                gauge("jvm_memory_max_bytes", "Largest size of a memory area, -1 for no limit")
                        .dataPoint(point(heap.getMax(), "heap"))
                        .dataPoint(point(other.getMax(), "nonheap"))
                        .build());
        final GaugeSnapshot.Builder pools =
                gauge("jvm_buffer_pool_used_bytes", "Used bytes of a buffer pool");
        for (final BufferPoolMXBean pool :
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            pools.dataPoint(point(pool.getMemoryUsed(), Labels.of("pool", pool.getName())));
        }
        snapshots.metricSnapshot(pools.build());
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
            snapshots.metricSnapshot(
                    gauge("netty_direct_memory_bytes", "Direct memory held by Netty's allocator")
                            .dataPoint(point(provider.metric().usedDirectMemory(), ""))
                            .build());
        }
    }

    private static void collections(final MetricSnapshots.Builder snapshots) {
        final SummarySnapshot.Builder collections =
                SummarySnapshot.builder()
                        .name("jvm_gc_collection_seconds")
                        .help("Garbage collections and the time they took");
        for (final GarbageCollectorMXBean collector :
                ManagementFactory.getGarbageCollectorMXBeans()) {
            collections.dataPoint(
                    SummaryDataPointSnapshot.builder()
                            .count(Math.max(0, collector.getCollectionCount()))
                            .sum(Math.max(0, collector.getCollectionTime()) / 1e3)
                            .labels(Labels.of("gc", collector.getName()))
                            .build());
        }
        snapshots.metricSnapshot(collections.build());
    }

    private static void process(final MetricSnapshots.Builder snapshots) {
        snapshots.metricSnapshot(
                gauge("process_start_time_seconds", "Start of the process, seconds since the epoch")
                        .dataPoint(
                                point(
                                        ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3,
                                        ""))
                        .build());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            snapshots.metricSnapshot(
                    CounterSnapshot.builder()
                            .name("process_cpu_seconds")
                            .help("Processor time, user and system")
                            .dataPoint(
                                    CounterDataPointSnapshot.builder()
                                            .value(Math.max(0, os.getProcessCpuTime()) / 1e9)
                                            .build())
                            .build());
            snapshots.metricSnapshot(
                    gauge("process_open_fds", "Open file descriptors")
                            .dataPoint(point(os.getOpenFileDescriptorCount(), ""))
                            .build());
            snapshots.metricSnapshot(
                    gauge("process_max_fds", "File descriptors that may be open")
                            .dataPoint(point(os.getMaxFileDescriptorCount(), ""))
                            .build());
        }
        final long residentBytes = ProcessReading.kilobytes(STATUS, "VmRSS:");
        if (residentBytes > 0) {
            snapshots.metricSnapshot(
                    gauge("process_resident_memory_bytes", "Resident memory")
                            .dataPoint(point(residentBytes, ""))
                            .build());
        }
    }

    private static GaugeSnapshot.Builder gauge(final String name, final String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    private static GaugeDataPointSnapshot point(final double value, final String area) {
        return point(value, area.isEmpty() ? Labels.EMPTY : Labels.of("area", area));
    }

    private static GaugeDataPointSnapshot point(final double value, final Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }
}
