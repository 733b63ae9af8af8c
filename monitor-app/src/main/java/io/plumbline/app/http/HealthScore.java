package io.plumbline.app.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One number for all of it, 0 to 100, and what it is made of. What is not known loses all its
 * points, because nobody can vouch for it; what is not configured has none to lose, and the others
 * make up the hundred.
 *
 * @param score null where nothing is configured that could be judged
 */
record HealthScore(BigDecimal score, List<Term> terms) {
    /**
     * One thing that is judged.
     *
     * @param weight the points that it can lose
     * @param value what was read, null where it is not known
     * @param lost the points that it loses
     * @param why how the one follows from the other
     */
    record Term(
            String name, int weight, BigDecimal value, String unit, BigDecimal lost, String why) {
        private static final Shape SHAPE =
                Shape.object()
                        .text("name", "")
                        .whole(
                                "weight",
                                "Points that it can lose; all weights together are 100"
                                        + " unless something is not configured.")
                        .number("value", "What was read; null: not known, and all points lost.")
                        .orNull()
                        .text("unit", "Of the value.")
                        .number("points_lost", "")
                        .text("why", "How the one follows from the other.");

        private void append(final Json json) {
            json.open()
                    .field("name", name)
                    .field("weight", weight)
                    .field("value", value)
                    .field("unit", unit)
                    .field("points_lost", lost)
                    .field("why", why)
                    .close();
        }
    }

    static final Shape SHAPE =
            Shape.object()
                    .number("score", "0 to 100; null where nothing can be judged.")
                    .orNull()
                    .list("terms", "What it is made of.", Term.SHAPE);

    private static final int DIGITS = 1;
    private static final BigDecimal FIVE = BigDecimal.valueOf(5);
    private static final String PERCENT = "%";

    static HealthScore of(final Diagnosis d) {
        final Thresholds limits = d.thresholds();
        final List<Term> terms = new ArrayList<>();
        if (d.redis().isConfigured()) {
            terms.add(redis(d));
            terms.add(
                    term(
                            "redis_ping",
                            3,
                            Scale.millis(d.redis().pingNs()),
                            "ms",
                            Scale.millis(limits.pingNs().warn()),
                            Scale.millis(limits.pingNs().bad())));
        }
        terms.add(feeds(d));
        terms.add(
                term("connection_success", 5, d.feeds().successRate(), PERCENT, limits.success()));
        terms.add(
                term(
                        "connection_failures",
                        4,
                        d.feeds().vitals().spanNs() == 0
                                ? null
                                : BigDecimal.valueOf(d.feeds().vitals().failures()),
                        "in an hour",
                        BigDecimal.valueOf(limits.failuresPerHour()),
                        BigDecimal.valueOf(2L * limits.failuresPerHour() + 1)));
        terms.add(
                term("parse_errors", 5, d.feeds().parseErrorRate(), PERCENT, limits.parseErrors()));
        if (d.redis().isConfigured()) {
            terms.add(
                    term("freshness", 20, d.market().freshnessRate(), PERCENT, limits.freshness()));
            terms.add(missing(d));
            terms.add(
                    term(
                            "prices",
                            10,
                            d.market().consistencyRate(),
                            PERCENT,
                            new Thresholds.Pair(100, 90)));
        }
        terms.add(
                term(
                        "memory",
                        2,
                        d.process().memory(),
                        PERCENT,
                        BigDecimal.valueOf(limits.memory()),
                        BigDecimal.valueOf(100)));
        terms.add(monitor(d));
        return of(terms);
    }

    /** The points that are left of those that can be lost, as a share of a hundred. */
    static HealthScore of(final List<Term> terms) {
        final int weights = terms.stream().mapToInt(Term::weight).sum();
        final BigDecimal lost =
                terms.stream().map(Term::lost).reduce(BigDecimal.ZERO, BigDecimal::add);
        final BigDecimal score =
                weights == 0
                        ? null
                        : BigDecimal.valueOf(weights)
                                .subtract(lost)
                                .movePointRight(2)
                                .divide(BigDecimal.valueOf(weights), DIGITS, RoundingMode.HALF_UP);
        return new HealthScore(score, List.copyOf(terms));
    }

    private static Term redis(final Diagnosis d) {
        final RedisReading redis = d.redis();
        return share(
                "redis",
                25,
                redis.state() == null
                        ? null
                        : Scale.percent(redis.observedParts(), redis.parts().size()),
                redis.problems().isEmpty(),
                "of the parts of Redis are observed, cluster_state is " + redis.state());
    }

    private static Term feeds(final Diagnosis d) {
        final int groups = d.feeds().groups().size();
        return share(
                "websocket",
                20,
                groups == 0 ? null : Scale.percent(groups - d.feeds().unheard().size(), groups),
                d.feeds().running(),
                "of the streams are heard");
    }

    private static Term missing(final Diagnosis d) {
        final long missing = d.market().count(MarketReading.Age.MISSING);
        final boolean within = missing <= d.thresholds().missingSymbols();
        return new Term(
                "missing_symbols",
                3,
                BigDecimal.valueOf(missing),
                "keys",
                within && !d.market().symbols().isEmpty() ? BigDecimal.ZERO : BigDecimal.valueOf(3),
                "all points are lost above " + d.thresholds().missingSymbols());
    }

    /** Whether the monitor itself works. */
    private static Term monitor(final Diagnosis d) {
        final long unwell =
                d.dependencies().stream()
                        .filter(
                                each ->
                                        each.kind() == Dependency.Kind.JOURNAL
                                                || each.kind() == Dependency.Kind.OUTBOX)
                        .filter(each -> !each.healthy())
                        .count();
        final boolean down = d.health().status() == Health.Status.DOWN;
        return new Term(
                "monitor",
                3,
                BigDecimal.valueOf(down ? 0 : Math.max(0, 100 - 50 * unwell)),
                PERCENT,
                down ? BigDecimal.valueOf(3) : BigDecimal.valueOf(Math.min(3, 2 * unwell)),
                "the engine moves, the journal records, the outbox delivers");
    }

    /** Half is lost as soon as anything is missing, the other half by how much is. */
    private static Term share(
            final String name,
            final int weight,
            final BigDecimal value,
            final boolean whole,
            final String why) {
        if (value == null) {
            return unknown(name, weight, PERCENT);
        }
        final BigDecimal half = BigDecimal.valueOf(weight).movePointLeft(1).multiply(FIVE);
        final BigDecimal lost =
                BigDecimal.valueOf(100)
                        .subtract(value)
                        .multiply(half)
                        .movePointLeft(2)
                        .add(half)
                        .setScale(DIGITS, RoundingMode.HALF_UP);
        return new Term(
                name,
                weight,
                value,
                PERCENT,
                whole ? BigDecimal.ZERO : lost,
                why + ": half the points are lost with the first");
    }

    private static Term unknown(final String name, final int weight, final String unit) {
        return new Term(name, weight, null, unit, BigDecimal.valueOf(weight), "not known yet");
    }

    private static Term term(
            final String name,
            final int weight,
            final BigDecimal value,
            final String unit,
            final Thresholds.Pair pair) {
        return term(
                name,
                weight,
                value,
                unit,
                BigDecimal.valueOf(pair.warn()),
                BigDecimal.valueOf(pair.bad()));
    }

    /** None is lost at {@code warn}, all at {@code bad}, which may lie on either side of it. */
    static Term term(
            final String name,
            final int weight,
            final BigDecimal value,
            final String unit,
            final BigDecimal warn,
            final BigDecimal bad) {
        if (value == null) {
            return unknown(name, weight, unit);
        }
        final BigDecimal share =
                value.subtract(warn)
                        .divide(bad.subtract(warn), 4, RoundingMode.HALF_UP)
                        .max(BigDecimal.ZERO)
                        .min(BigDecimal.ONE);
        return new Term(
                name,
                weight,
                value,
                unit,
                share.multiply(BigDecimal.valueOf(weight)).setScale(DIGITS, RoundingMode.HALF_UP),
                "points are lost from " + plain(warn) + ", all at " + plain(bad));
    }

    private static String plain(final BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    void append(final Json json) {
        json.open().field("score", score).name("terms").openArray();
        terms.forEach(term -> term.append(json));
        json.closeArray().close();
    }
}
