package io.plumbline.app.config;

import java.time.Duration;

/** The detectors' thresholds. */
final class DetectorsReader {
    private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);
    private static final String LEARNED = "learned";

    private final Duration longestBudget;

    /**
     * @param longestBudget the longest lag budget of any key: versions must be kept for twice as
     *     long
     */
    DetectorsReader(final Duration longestBudget) {
        this.longestBudget = longestBudget;
    }

    DetectorsConfig read(final YamlMap at) {
        final DetectorsConfig detectors =
                new DetectorsConfig(
                        price(at.map("price")),
                        staleness(at.map("staleness")),
                        sequence(at.map("sequence")),
                        key(at.map("key")),
                        credential(at.map("credential")));
        at.done();
        return detectors;
    }

    private DetectorsConfig.Price price(final YamlMap at) {
        final Duration needed = longestBudget.multipliedBy(2);
        final DetectorsConfig.Price price =
                new DetectorsConfig.Price(
                        at.value("grace", Duration.ofMillis(250), Values.duration("0s", "1m")),
                        at.value(
                                "window",
                                needed.compareTo(DEFAULT_WINDOW) > 0 ? needed : DEFAULT_WINDOW,
                                Values.duration("100ms", "2h")),
                        at.value("frozenVersions", 3, Values.integer(1, 1_000_000)),
                        at.value("frozenFor", Duration.ofSeconds(2), Values.duration("1ms", "1h")),
                        at.value("clearAfter", Duration.ofSeconds(1), Values.duration("0s", "1h")));
        if (price.window().compareTo(needed) < 0) {
            at.problem(
                    "window",
                    "shorter than twice the longest lagBudget; raise it to "
                            + Durations.print(needed)
                            + " or remove the key");
        }
        at.done();
        return price;
    }

    private static DetectorsConfig.Staleness staleness(final YamlMap at) {
        final ValueReader<Duration> threshold = Values.duration("10ms", "7d");
        final ValueReader<Duration> symbol =
                text -> text.equals(LEARNED) ? null : threshold.read(text);
        final DetectorsConfig.Staleness staleness =
                new DetectorsConfig.Staleness(
                        at.value("connection", Duration.ofSeconds(5), threshold),
                        at.value("symbol", null, symbol),
                        at.value("symbolFloor", Duration.ofSeconds(5), threshold),
                        at.value("symbolCap", Duration.ofSeconds(300), threshold),
                        at.value("neverSeen", Duration.ofSeconds(30), threshold));
        if (staleness.symbolFloor().compareTo(staleness.symbolCap()) > 0) {
            at.problem("symbolFloor", "longer than symbolCap; lower it");
        }
        at.done();
        return staleness;
    }

    private static DetectorsConfig.Sequence sequence(final YamlMap at) {
        final DetectorsConfig.Sequence sequence =
                new DetectorsConfig.Sequence(
                        at.value(
                                "reorderWindow",
                                Duration.ofMillis(100),
                                Values.duration("0s", "10s")));
        at.done();
        return sequence;
    }

    private static DetectorsConfig.Credential credential(final YamlMap at) {
        final DetectorsConfig.Credential credential =
                new DetectorsConfig.Credential(
                        at.value(
                                "warnBefore",
                                Duration.ofMinutes(30),
                                Values.duration("1s", "30d")));
        at.done();
        return credential;
    }

    private static DetectorsConfig.Key key(final YamlMap at) {
        final DetectorsConfig.Key key =
                new DetectorsConfig.Key(
                        at.value(
                                "deletedGrace",
                                Duration.ofMillis(250),
                                Values.duration("0s", "1m")),
                        at.value(
                                "missingAfter", Duration.ofSeconds(5), Values.duration("0s", "1d")),
                        at.value("ttlGrace", Duration.ofMillis(100), Values.duration("0s", "1m")));
        at.done();
        return key;
    }
}
