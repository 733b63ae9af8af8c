package io.plumbline.app.http;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the diagnostic API tells, read at one moment. Nothing in it is guessed: what is not
 * known is null.
 */
record Diagnosis(
        Health health,
        List<Dependency> dependencies,
        RedisReading redis,
        FeedReading feeds,
        MarketReading market,
        ProcessReading process,
        Thresholds thresholds) {
    /** A symptom of the guide's table that holds, with what the guide makes of it. */
    record Issue(String symptom, String rootCause, String action) {
        static final Shape SHAPE =
                Shape.object().text("symptom", "").text("root_cause", "").text("action", "");

        void append(final Json json) {
            json.open()
                    .field("symptom", symptom)
                    .field("root_cause", rootCause)
                    .field("action", action)
                    .close();
        }
    }

    static Diagnosis of(final MonitorView view) {
        final Health health = view.health();
        final List<Dependency> dependencies = view.dependencies();
        final Thresholds thresholds = view.thresholds();
        return new Diagnosis(
                health,
                dependencies,
                RedisReading.of(view, dependencies, health.nowNs()),
                FeedReading.of(view, dependencies, health.nowNs()),
                MarketReading.of(view.symbols(), thresholds.freshNs()),
                ProcessReading.now(),
                thresholds);
    }

    HealthScore score() {
        return HealthScore.of(this);
    }

    /** Which symptoms hold now: those of Redis, of the venues, of the prices, of the machine. */
    List<Issue> issues() {
        final List<Issue> issues = new ArrayList<>();
        ofRedis(issues);
        ofFeeds(issues);
        ofPrices(issues);
        if (above(process.memory(), thresholds.memory())) {
            issues.add(
                    new Issue(
                            "memory_usage_percent is " + process.memory(),
                            "the machine is short of memory",
                            "see which process has it; process_memory_bytes is the monitor's"));
        }
        if (above(process.cpu(), thresholds.cpu())) {
            issues.add(
                    new Issue(
                            "cpu_usage_percent is " + process.cpu(),
                            "the machine is busy",
                            "see which process it is; process_cpu_percent is the monitor's"));
        }
        return issues;
    }

    private void ofRedis(final List<Issue> issues) {
        if ("fail".equals(redis.state())) {
            issues.add(
                    new Issue(
                            "cluster_state is fail: " + String.join("; ", redis.problems()),
                            "a Redis cannot be read",
                            "check its processes and the network; /api/redis says what each node"
                                    + " answers"));
        }
        if (redis.pingNs() > thresholds.pingNs().bad()) {
            issues.add(
                    new Issue(
                            "ping_time_ms is " + Scale.millis(redis.pingNs()),
                            "a node of Redis is slow, or the way to it",
                            "look at its slow commands in /api/redis"));
        }
    }

    private void ofFeeds(final List<Issue> issues) {
        if (!feeds.running()) {
            issues.add(
                    new Issue(
                            "is_running is false: " + String.join("; ", feeds.unheard()),
                            "a venue is not heard",
                            "check the venue's status, the network and the names"));
        }
        if (feeds.silentNs() > thresholds.silentNs()) {
            issues.add(
                    new Issue(
                            "last_message_age is " + Scale.seconds(feeds.silentNs()),
                            "a connection is mute, or its market is closed",
                            "/health/deps says which; FEED_MUTE in /api/cases whether it should"
                                    + " not be"));
        }
        if (feeds.vitals().failures() > thresholds.failuresPerHour()) {
            issues.add(
                    new Issue(
                            "connection_failures is " + feeds.vitals().failures(),
                            "trouble at the venue's WebSocket servers or on the way to them",
                            "check the network and the names; /health/deps says the last reason"));
        }
        if (below(feeds.successRate(), thresholds.success().bad())) {
            issues.add(
                    new Issue(
                            "success_rate is " + feeds.successRate(),
                            "connections are hard to get",
                            "check the network, and whether the venue holds us back (429, 418)"));
        }
        if (above(feeds.parseErrorRate(), thresholds.parseErrors().bad())) {
            issues.add(
                    new Issue(
                            "parse_error_rate is " + feeds.parseErrorRate(),
                            "the format of the messages has changed",
                            "look at PARSE_ERRORS in /api/findings; compare with the venue's"
                                    + " pages"));
        }
    }

    private void ofPrices(final List<Issue> issues) {
        final long stale = market.count(MarketReading.Age.STALE);
        final long missing = market.count(MarketReading.Age.MISSING);
        if (!market.symbols().isEmpty() && market.count(MarketReading.Age.FRESH) == 0) {
            issues.add(
                    new Issue(
                            "fresh_symbols is 0",
                            "no recent price is in Redis",
                            "check the writers: /api/cases says which stands"));
        } else if (below(market.freshnessRate(), thresholds.freshness().bad())) {
            issues.add(
                    new Issue(
                            "freshness_rate is " + market.freshnessRate(),
                            "prices in Redis are old",
                            "check the writers: /api/cases says which stands"));
        } else if (stale >= Math.max(1, thresholds.staleSymbols())) {
            issues.add(
                    new Issue(
                            "stale_symbols is " + stale,
                            "some prices in Redis are old",
                            "stale_data_symbols names them, /api/cases says why"));
        }
        if (missing > thresholds.missingSymbols()) {
            issues.add(
                    new Issue(
                            "missing_symbols is " + missing,
                            "keys expired, were never written, or have another name",
                            "missing_data_symbols names them, /api/cases says why"));
        }
    }

    private static boolean below(final BigDecimal value, final long limit) {
        return value != null && value.compareTo(BigDecimal.valueOf(limit)) < 0;
    }

    private static boolean above(final BigDecimal value, final long limit) {
        return value != null && value.compareTo(BigDecimal.valueOf(limit)) > 0;
    }
}
