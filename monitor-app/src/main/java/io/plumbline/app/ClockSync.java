package io.plumbline.app;

import io.plumbline.app.http.Prerequisite;
import io.plumbline.app.http.Prerequisite.Result;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether the machine's clock is kept by somebody: asked of systemd or of chrony, where there is
 * one. The kernel knows, but tells only native code.
 */
final class ClockSync {
    private static final String NAME = "clock";
    private static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");
    private static final long PATIENCE_S = 2;
    private static final int ANSWER_BYTES = 4_096;

    private ClockSync() {}

    /** Asks; waits some seconds at most. */
    static Prerequisite ask() {
        if (Files.exists(SYNCHRONIZED)) {
            return new Prerequisite(NAME, Result.OK, "kept by systemd-timesyncd", "");
        }
        final String kernel = answer("timedatectl", "show", "--property=NTPSynchronized");
        final String chrony = answer("chronyc", "-n", "tracking");
        if (kernel.contains("NTPSynchronized=yes")
                || chrony.matches("(?s).*Leap status +: Normal.*")) {
            return new Prerequisite(NAME, Result.OK, "synchronized", "");
        }
        if (kernel.contains("NTPSynchronized=no") || chrony.contains("Not synchronised")) {
            return new Prerequisite(
                    NAME,
                    Result.WARN,
                    "not synchronized: latencies from the venue are off by its error",
                    "run chrony or systemd-timesyncd");
        }
        return new Prerequisite(
                NAME,
                Result.UNKNOWN,
                "neither systemd nor chrony tells whether it is synchronized",
                "");
    }

    /** What a program prints, "" where there is none or it fails. */
    private static String answer(final String... command) {
        if (!isInstalled(command[0])) {
            return "";
        }
        Process process = null;
        try {
            final ProcessBuilder builder =
                    new ProcessBuilder(List.of(command))
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            // Else systemd's own programs report their failures to it as if they were the service.
            builder.environment().remove("NOTIFY_SOCKET");
            process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return "";
            }
            return new String(
                    process.getInputStream().readNBytes(ANSWER_BYTES), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            return "";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private static boolean isInstalled(final String program) {
        for (final String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
