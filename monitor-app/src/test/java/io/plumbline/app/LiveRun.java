package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.Monitor.FindingObserver;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.demo.Stage;
import io.plumbline.app.universe.Conclusion;
import io.plumbline.feed.FeedStatus;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A real monitor that watches a {@link Stage}: configuration, start, orderly end, and then its
 * journal replayed by the command.
 */
final class LiveRun implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final SystemClock clock = new SystemClock();
    private final AtomicBoolean fatal = new AtomicBoolean();
    private final Monitor monitor;

    /**
     * @param folder its data directory
     * @param yaml venues, redis, detectors
     */
    LiveRun(final Path folder, final String yaml, final FindingObserver observer)
            throws ConfigException, CannotStartException {
        this(folder, yaml, null, observer);
    }

    /**
     * @param known what the universe comes to, from the run before; null to find it out
     */
    LiveRun(
            final Path folder,
            final String yaml,
            final Conclusion known,
            final FindingObserver observer)
            throws ConfigException, CannotStartException {
        this.folder = folder;
        monitor =
                new Monitor(
                        new ConfigLoader(InstalledVenues.list(), name -> null, warning -> {})
                                .parse(
                                        "test",
                                        "monitor: {name: test, dataDirectory: \""
                                                + folder
                                                + "\"}\nhttp: {port: 0}\n"
                                                + yaml),
                        known,
                        clock,
                        observer,
                        () -> fatal.set(true));
    }

    void start() throws CannotStartException {
        monitor.start();
    }

    Monitor monitor() {
        return monitor;
    }

    /** Waits until the venues have acknowledged everything and Redis is watched. */
    void awaitSubscribed() {
        until(
                "the subscriptions",
                () ->
                        monitor.feeds().stream()
                                .allMatch(
                                        feed ->
                                                feed.state() == SessionState.LIVE
                                                        || feed.state() == SessionState.WARMING
                                                                && !isRedis(feed)));
    }

    /** Waits until data flows on every feed. */
    void awaitLive() {
        until(
                "data on every feed",
                () ->
                        monitor.feeds().stream()
                                .map(FeedStatus::state)
                                .allMatch(SessionState.LIVE::equals));
    }

    /** Waits until the venues have said nothing for a while. */
    void awaitSilence(final Duration silence) {
        until(
                "silence",
                () ->
                        monitor.feeds().stream()
                                .filter(feed -> !isRedis(feed))
                                .allMatch(
                                        feed ->
                                                clock.epochNanos() - feed.lastMessageNs()
                                                        > silence.toNanos()));
    }

    private static boolean isRedis(final FeedStatus feed) {
        return feed.name().startsWith("redis/");
    }

    /** Returns when {@code condition} holds; fails when it does not in time. */
    void until(final String what, final BooleanSupplier condition) {
        until(what, PATIENCE, condition);
    }

    /** The same with another patience. */
    void until(final String what, final Duration patience, final BooleanSupplier condition) {
        final long deadlineNs = clock.epochNanos() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (clock.epochNanos() > deadlineNs || fatal.get()) {
                fail("waited in vain for " + what + ": " + monitor.feeds());
            }
            LockSupport.parkNanos(5_000_000L);
        }
    }

    /** Ends the monitor; what it lost itself would make every count doubtful. */
    @Override
    public void close() {
        monitor.close();
        for (final CounterId id :
                List.of(
                        CounterId.INBOUND_DROPPED,
                        CounterId.ENGINE_UNPARSED,
                        CounterId.ENGINE_FAULTS,
                        CounterId.JOURNAL_LOST)) {
            assertEquals(0, monitor.counters().get(id), id.metric());
        }
    }

    /** The findings file as it stands. */
    String findings() throws IOException {
        final Path file = folder.resolve("findings.ndjson");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Each finding as JSON. */
    List<JsonNode> parsedFindings() throws IOException {
        final List<JsonNode> all = new ArrayList<>();
        for (final String line : findings().lines().toList()) {
            all.add(JSON.readTree(line));
        }
        return all;
    }

    /** Replays the journal: byte for byte what was found live. After {@link #close}. */
    Replayed replayedTheSame() throws IOException {
        final Replayed replayed = Replayed.well(folder, folder.resolve("journal").toString());
        assertEquals(findings(), replayed.findings());
        assertEquals("[]", replayed.summary().path("damages").toString());
        return replayed;
    }
}
