package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.bench.PhaseLines;
import io.plumbline.time.SystemClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The whole monitor in a process of its own, put together as {@code ./plumbline run} does it, with
 * a watch behind the engine: it ends after the last phase and prints the lines of {@link
 * PhaseLines}.
 */
public final class JudgedMonitor {
    private JudgedMonitor() {}

    /**
     * @param words the configuration's file, and of each phase how many messages it has
     */
    public static void main(final String[] words)
            throws ConfigException, CannotStartException, InterruptedException {
        final Config config =
                new ConfigLoader(InstalledVenues.list(), System::getenv, warning -> {})
                        .load(Path.of(words[0]));
        final AtomicLong found = new AtomicLong();
        final List<String> told;
        try (Monitor monitor =
                new Monitor(
                        config,
                        new SystemClock(),
                        (finding, sentence) -> found.incrementAndGet(),
                        () -> Runtime.getRuntime().halt(ExitCode.CANNOT_START))) {
            final PhaseLines lines =
                    new PhaseLines(
                            monitor.counters(),
                            found,
                            Stream.of(words).skip(1).mapToLong(Long::parseLong).toArray());
            monitor.start(lines::behind);
            told = lines.await();
        }
        told.forEach(System.out::println);
    }
}
