package io.plumbline.app.alert;

import io.plumbline.finding.Severity;
import io.plumbline.inbound.Threads;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Proves that a page arrives: sends a real trigger and a real resolve through each channel, by way
 * of an outbox in a temporary file, and says what became of them. Behind {@code test-alert}.
 */
public final class TestAlert {
    /** The kind of these alerts: not of the catalogue, so that nobody is woken by mistake. */
    public static final String KIND = "TEST";

    /**
     * What became of one alert in one channel.
     *
     * @param says "delivered", or why not, for a person
     */
    public record Outcome(String channel, Alert.Action action, boolean ok, String says) {}

    /** Outcomes by channel, trigger before resolve. */
    public record Report(List<Outcome> outcomes) {
        public Report {
            outcomes = List.copyOf(outcomes);
        }

        /** Whether there was a channel, and every one took both. */
        public boolean ok() {
            return !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::ok);
        }
    }

    private static final List<Alert.Action> BOTH =
            List.of(Alert.Action.TRIGGER, Alert.Action.RESOLVE);

    private final List<AlertChannel> channels;
    private final Threads threads;
    private final EpochNanoClock clock;
    private final RandomGenerator random;

    public TestAlert(
            final List<AlertChannel> channels,
            final Threads threads,
            final EpochNanoClock clock,
            final RandomGenerator random) {
        this.channels = List.copyOf(channels);
        this.threads = threads;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Sends and waits, at most {@code timeoutNs}; closes the channels.
     *
     * @param host named in the summary, so that the receiver knows who asks
     */
    public Report run(final String host, final long timeoutNs)
            throws IOException, InterruptedException {
        final Path folder = Files.createTempDirectory("plumbline-test-alert");
        try {
            return send(folder, host, timeoutNs);
        } finally {
            delete(folder);
        }
    }

    /** An outbox for each channel: one that refuses is not reported over the others as a page. */
    private Report send(final Path folder, final String host, final long timeoutNs)
            throws InterruptedException {
        final CountDownLatch expected = new CountDownLatch(2 * channels.size());
        final Map<String, Outcome> heard = new ConcurrentHashMap<>();
        final List<Outbox> outboxes = new ArrayList<>();
        final long nowNs = clock.epochNanos();
        final List<Alert> both =
                List.of(
                        alert(Alert.Action.TRIGGER, host, nowNs),
                        alert(Alert.Action.RESOLVE, host, nowNs));
        try {
            for (final AlertChannel channel : channels) {
                final Outbox outbox =
                        new Outbox(
                                folder.resolve("outbox-" + outboxes.size() + ".db"),
                                OutboxSettings.defaults(),
                                List.of(channel),
                                threads,
                                clock,
                                random,
                                new Counters(),
                                new Ear(heard, expected));
                outboxes.add(outbox);
                outbox.start();
                outbox.accept(both, List.of());
            }
            expected.await(timeoutNs, TimeUnit.NANOSECONDS);
            return report(heard);
        } finally {
            close(outboxes);
        }
    }

    /** What was heard by now: what a closing outbox breaks off is not the channel's fault. */
    private Report report(final Map<String, Outcome> heard) {
        final List<Outcome> outcomes = new ArrayList<>();
        for (final AlertChannel channel : channels) {
            for (final Alert.Action action : BOTH) {
                final String name = channel.name();
                final boolean tried = action == Alert.Action.TRIGGER || triggered(heard, name);
                final Outcome silent =
                        new Outcome(
                                name,
                                action,
                                false,
                                tried ? "no answer in time" : "not tried in time");
                outcomes.add(heard.getOrDefault(name + action, silent));
            }
        }
        return new Report(outcomes);
    }

    private static boolean triggered(final Map<String, Outcome> heard, final String channel) {
        final Outcome trigger = heard.get(channel + Alert.Action.TRIGGER);
        return trigger != null && trigger.ok();
    }

    /** All at once: each may wait for its channel. */
    private void close(final List<Outbox> outboxes) throws InterruptedException {
        final List<Thread> closing = new ArrayList<>();
        for (final Outbox outbox : outboxes) {
            closing.add(threads.start("close", outbox::close));
        }
        for (final Thread thread : closing) {
            thread.join();
        }
    }

    private static Alert alert(final Alert.Action action, final String host, final long nowNs) {
        final String episode = Long.toHexString(nowNs) + "-test";
        return new Alert(
                episode + '-' + action.label(),
                action,
                "plumbline|test||" + host,
                episode,
                Severity.LOW,
                KIND,
                "Test of the alert channels by plumbline on " + host + ": nothing is wrong",
                "",
                nowNs,
                nowNs);
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (final Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Notes the last word on every alert. Only the test's own count, not reports about them. */
    private record Ear(Map<String, Outcome> heard, CountDownLatch expected)
            implements OutboxListener {
        @Override
        public void onDelivered(final String channel, final Alert alert) {
            note(channel, alert, true, "delivered", true);
        }

        @Override
        public void onRetry(final String channel, final Alert alert, final String reason) {
            note(channel, alert, false, "will be repeated: " + reason, false);
        }

        @Override
        public void onFailed(final String channel, final Alert alert, final String reason) {
            note(channel, alert, false, "refused: " + reason, true);
        }

        private void note(
                final String channel,
                final Alert alert,
                final boolean ok,
                final String says,
                final boolean last) {
            if (alert.kind().equals(KIND)) {
                final Outcome outcome = new Outcome(channel, alert.action(), ok, says);
                heard.put(channel + alert.action(), outcome);
                if (last) {
                    expected.countDown();
                }
            }
        }
    }
}
