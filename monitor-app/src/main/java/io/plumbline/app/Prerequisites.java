package io.plumbline.app;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.plumbline.app.config.Config;
import io.plumbline.app.http.Prerequisite;
import io.plumbline.app.http.Prerequisite.Result;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the monitor needs of its machine, looked at without connecting to anything. */
final class Prerequisites {
    private static final Logger LOG = LoggerFactory.getLogger(Prerequisites.class);
    private static final String FOLDER = "data directory";
    private static final String PORT = "http port";
    private static final long MIB = 1L << 20;

    /** Below this neither outbox nor findings can be kept: running would be pointless. */
    private static final long LEAST_DISK = 16 * MIB;

    private static final long FAIR_DISK = 1_024 * MIB;
    private static final long LEAST_HEAP = 48 * MIB;
    private static final long FAIR_HEAP = 192 * MIB;
    private static final long LEAST_FILES = 128;
    private static final long FAIR_FILES = 1_024;

    private Prerequisites() {}

    /** All but Redis and the clock, in the order of a table. */
    static List<Prerequisite> local(final Config config) {
        final List<Prerequisite> all = new ArrayList<>();
        all.add(folder(config.monitor().dataDirectory()));
        all.add(disk(config));
        all.add(files());
        all.add(heap());
        return all;
    }

    /**
     * The same at a start, which ends where it would be pointless. The data directory is opened
     * right after this, which says better what is wrong with it.
     *
     * @param port on which the API listens already, 0 without one
     */
    static List<Prerequisite> required(final Config config, final int port)
            throws CannotStartException {
        final List<Prerequisite> found = local(config);
        found.add(
                new Prerequisite(
                        PORT,
                        Result.OK,
                        port == 0
                                ? "no API is configured"
                                : config.http().bind() + ":" + port + " is open",
                        ""));
        return require(found);
    }

    /** The same, or the end where one of them has failed. */
    static List<Prerequisite> require(final List<Prerequisite> found) throws CannotStartException {
        if (found.stream().anyMatch(each -> each.result() == Result.FAIL)) {
            LOG.error("{}", table(found));
        }
        for (final Prerequisite each : found) {
            if (each.result() == Result.FAIL && !each.name().equals(FOLDER)) {
                throw new CannotStartException(
                        each.name() + ": " + each.found() + ": " + each.remedy());
            }
        }
        return found;
    }

    private static Prerequisite folder(final Path folder) {
        final Path there = existing(folder);
        final boolean well = Files.isDirectory(there) && Files.isWritable(there);
        return new Prerequisite(
                FOLDER,
                well ? Result.OK : Result.FAIL,
                folder
                        + (well
                                ? Files.exists(folder) ? " can be written" : " can be made"
                                : " cannot be written"),
                well ? "" : "set monitor.dataDirectory to a directory that this user may write");
    }

    /** The folder, or the nearest one above it that there is. */
    private static Path existing(final Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private static Prerequisite disk(final Config config) {
        final String name = "free space";
        try {
            final FileStore store = Files.getFileStore(existing(config.monitor().dataDirectory()));
            final long free = store.getUsableSpace();
            final long total = store.getTotalSpace();
            final int floor = config.journal().diskFloorPercent();
            final boolean belowFloor = config.journal().enabled() && free < total / 100 * floor;
            final String found = mebibytes(free) + " of " + mebibytes(total);
            if (total == 0) {
                return new Prerequisite(
                        name, Result.UNKNOWN, store.type() + " has no size of its own", "");
            }
            if (free < LEAST_DISK) {
                return new Prerequisite(
                        name, Result.FAIL, found, "free some, or move monitor.dataDirectory");
            }
            return belowFloor || free < FAIR_DISK
                    ? new Prerequisite(
                            name,
                            Result.WARN,
                            found
                                    + (belowFloor
                                            ? ", below journal.diskFloor: nothing is recorded"
                                            : ""),
                            "free some, move monitor.dataDirectory, or lower journal.keepBytes")
                    : new Prerequisite(name, Result.OK, found, "");
        } catch (final IOException e) {
            return new Prerequisite(name, Result.UNKNOWN, e.toString(), "");
        }
    }

    private static Prerequisite files() {
        final String name = "file descriptors";
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean os)) {
            return new Prerequisite(name, Result.UNKNOWN, "this platform does not tell", "");
        }
        final long most = os.getMaxFileDescriptorCount();
        return graded(
                name,
                most,
                LEAST_FILES,
                FAIR_FILES,
                most + " may be open",
                "raise the limit: ulimit -n 65536, or LimitNOFILE= of the unit");
    }

    private static Prerequisite heap() {
        final long most = Runtime.getRuntime().maxMemory();
        final String found = mebibytes(most) + " at most";
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
                && os.getTotalMemorySize() > 0
                && most > os.getTotalMemorySize()) {
            return new Prerequisite(
                    "heap",
                    Result.WARN,
                    found + ", more than the machine has",
                    "lower -Xmx (PLUMBLINE_JAVA_OPTS)");
        }
        return graded(
                "heap", most, LEAST_HEAP, FAIR_HEAP, found, "raise -Xmx (PLUMBLINE_JAVA_OPTS)");
    }

    private static Prerequisite graded(
            final String name,
            final long value,
            final long least,
            final long fair,
            final String found,
            final String remedy) {
        final Result result = value < least ? Result.FAIL : value < fair ? Result.WARN : Result.OK;
        return new Prerequisite(name, result, found, result == Result.OK ? "" : remedy);
    }

    /** The port of the API, for somebody who does not listen on it yet. */
    static Prerequisite port(final Config config) {
        if (!config.http().enabled()) {
            return new Prerequisite(PORT, Result.OK, "no API is configured", "");
        }
        final String where = config.http().bind() + ":" + config.http().port();
        try (ServerSocket socket =
                new ServerSocket(
                        config.http().port(), 1, InetAddress.getByName(config.http().bind()))) {
            return new Prerequisite(
                    PORT, Result.OK, where + (socket.isBound() ? " is free" : ""), "");
        } catch (final IOException e) {
            return new Prerequisite(
                    PORT,
                    Result.WARN,
                    where + " cannot be opened now (" + e.getMessage() + ")",
                    "stop who listens there, unless it is the monitor itself; or set http.port");
        }
    }

    private static String mebibytes(final long bytes) {
        return bytes / MIB + " MiB";
    }

    /** For people: a line of counts, then one for each. */
    static String table(final List<Prerequisite> all) {
        final StringBuilder out = new StringBuilder("prerequisites:");
        for (final Result result : Result.values()) {
            final long count = all.stream().filter(each -> each.result() == result).count();
            if (count > 0) {
                out.append(' ').append(count).append(' ').append(result);
            }
        }
        final int width = all.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        for (final Prerequisite each : all) {
            out.append("\n  ")
                    .append(padded(each.result().name(), 8))
                    .append(padded(each.name(), width + 2))
                    .append(each.found());
            if (!each.remedy().isEmpty()) {
                out.append(": ").append(each.remedy());
            }
        }
        return out.toString();
    }

    private static String padded(final String text, final int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
