package io.plumbline.app.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine and this process on it; -1 is what the platform does not tell.
 *
 * @param totalBytes memory of the machine
 * @param availableBytes of that, what programs can still be given
 * @param residentBytes of this process
 * @param cpuPermille of the machine, since it was last asked
 */
record ProcessReading(
        long totalBytes,
        long availableBytes,
        long residentBytes,
        long heapBytes,
        long mostHeapBytes,
        int cpuPermille,
        int ownCpuPermille,
        long openFiles,
        long mostFiles,
        int threads) {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path STATUS = Path.of("/proc/self/status");

    static final Shape SHAPE =
            Shape.object()
                    .number("memory_usage_percent", "Of the machine.")
                    .orNull()
                    .whole("memory_total_bytes", "")
                    .orNull()
                    .whole("memory_available_bytes", "")
                    .orNull()
                    .whole("process_memory_bytes", "Resident.")
                    .orNull()
                    .number("heap_usage_percent", "Garbage included.")
                    .orNull()
                    .whole("heap_used_bytes", "")
                    .whole("heap_max_bytes", "")
                    .orNull()
                    .number("cpu_usage_percent", "Of the machine.")
                    .orNull()
                    .number("process_cpu_percent", "Of the machine.")
                    .orNull()
                    .whole("open_files", "")
                    .orNull()
                    .whole("max_files", "")
                    .orNull()
                    .whole("threads", "");

    /** As it is now. Reads two small files of /proc. */
    static ProcessReading now() {
        final MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        final UnixOperatingSystemMXBean os =
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean it
                        ? it
                        : null;
        return new ProcessReading(
                kilobytes(MEMORY, "MemTotal:"),
                kilobytes(MEMORY, "MemAvailable:"),
                kilobytes(STATUS, "VmRSS:"),
                heap.getUsed(),
                heap.getMax(),
                os == null ? -1 : permille(os.getCpuLoad()),
                os == null ? -1 : permille(os.getProcessCpuLoad()),
                os == null ? -1 : os.getOpenFileDescriptorCount(),
                os == null ? -1 : os.getMaxFileDescriptorCount(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static int permille(final double load) {
        return load >= 0 && load <= 1 ? (int) Math.round(load * 1_000) : -1;
    }

    /** A line of a file of /proc in bytes, or -1. */
    static long kilobytes(final Path file, final String line) {
        try {
            for (final String each : Files.readAllLines(file)) {
                if (each.startsWith(line)) {
                    return Long.parseLong(each.replaceAll("\\D", "")) * 1_024;
                }
            }
            return -1;
        } catch (final IOException | NumberFormatException noProc) {
            return -1;
        }
    }

    /** Memory of the machine that is used, percent; null where it is not known. */
    BigDecimal memory() {
        return availableBytes < 0 ? null : Scale.percent(totalBytes - availableBytes, totalBytes);
    }

    /** Of the machine, percent; null where it is not known. */
    BigDecimal cpu() {
        return cpu(cpuPermille);
    }

    void append(final Json json) {
        json.open()
                .field("memory_usage_percent", memory())
                .fieldOrNull("memory_total_bytes", totalBytes)
                .fieldOrNull("memory_available_bytes", availableBytes)
                .fieldOrNull("process_memory_bytes", residentBytes)
                .field("heap_usage_percent", Scale.percent(heapBytes, mostHeapBytes))
                .field("heap_used_bytes", heapBytes)
                .fieldOrNull("heap_max_bytes", mostHeapBytes)
                .field("cpu_usage_percent", cpu())
                .field("process_cpu_percent", cpu(ownCpuPermille))
                .fieldOrNull("open_files", openFiles)
                .fieldOrNull("max_files", mostFiles)
                .field("threads", threads)
                .close();
    }

    private static BigDecimal cpu(final int permille) {
        return permille < 0 ? null : BigDecimal.valueOf(permille, 1);
    }
}
