package io.plumbline.app.http;

import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connections to venues under the names of the production guide: {@code /api/debug/websocket}.
 *
 * @param connections each of them
 * @param groups each of them, or the two that carry the same streams
 * @param vitals what happened to them
 */
record FeedReading(
        List<Dependency> connections, List<List<Dependency>> groups, Vitals vitals, long nowNs) {
    static final Shape CONNECTION =
            Shape.object()
                    .text("name", "Venue and connection.")
                    .text("state", "Of the session.")
                    .flag("connected", "Whether it hears the venue.")
                    .text("detail", "")
                    .time("since", "When the state was entered.")
                    .orNull()
                    .number("last_message_age", "Seconds; null before the first message.")
                    .orNull()
                    .number("uptime_rate", "Percent of the window.")
                    .orNull();

    static final Shape STATUS =
            Shape.object()
                    .flag(
                            "is_running",
                            "Whether every stream is heard: of two connections that carry the same"
                                    + " one is enough.")
                    .flag("connected", "The same.")
                    .whole("connections_total", "")
                    .whole("connections_connected", "")
                    .number("last_message_age", "Of the stream that is silent longest, seconds.")
                    .orNull()
                    .list("connections", "", CONNECTION);

    static final Shape HISTORY =
            Shape.object()
                    .number("window_seconds", "How far back this looks: at most an hour.")
                    .whole("connection_attempts", "")
                    .whole("connection_failures", "Attempts that failed, and connections lost.")
                    .whole("failed_attempts", "")
                    .whole("disconnections", "Without a plan.")
                    .whole("planned_rotations", "Make-before-break.")
                    .number(
                            "success_rate",
                            "Percent: connections established, or standing, of those and the"
                                    + " attempts that failed.")
                    .orNull()
                    .number("uptime_rate", "Percent of the window, over all connections.")
                    .orNull();

    private static final Shape PERFORMANCE =
            Shape.object()
                    .whole("messages_total", "Since the start.")
                    .number("window_seconds", "Of what follows: at most five minutes.")
                    .whole("messages", "")
                    .number("messages_per_second", "")
                    .orNull()
                    .whole("parse_errors", "")
                    .number("parse_error_rate", "Percent; null without a message.")
                    .orNull();

    private static final Shape ERRORS =
            Shape.object().counts("since_start", "By the name of the counter.");

    static final Shape SHAPE =
            Shape.object()
                    .object("connection_status", "", STATUS)
                    .object("connection_history", "", HISTORY)
                    .object("performance_metrics", "", PERFORMANCE)
                    .object("error_analysis", "", ERRORS);

    private static final List<CounterId> FAULTS =
            List.of(
                    CounterId.FEED_CONNECT_FAILURES,
                    CounterId.FEED_DISCONNECTS,
                    CounterId.FEED_ERRORS,
                    CounterId.FEED_BUDGET_WAITS,
                    CounterId.ENGINE_UNPARSED,
                    CounterId.ENGINE_UNKNOWN_SYMBOLS,
                    CounterId.ENGINE_OLD_EPOCH,
                    CounterId.INBOUND_DROPPED);

    static FeedReading of(
            final MonitorView view, final List<Dependency> dependencies, final long nowNs) {
        final Set<String> paired = new HashSet<>();
        view.copies().forEach(copy -> paired.add(copy.name()));
        final List<Dependency> connections = new ArrayList<>();
        final Map<String, List<Dependency>> groups = new LinkedHashMap<>();
        for (final Dependency each : dependencies) {
            if (each.kind() == Dependency.Kind.VENUE) {
                connections.add(each);
                groups.computeIfAbsent(
                                paired.contains(each.name()) ? unpaired(each.name()) : each.name(),
                                name -> new ArrayList<>())
                        .add(each);
            }
        }
        return new FeedReading(connections, List.copyOf(groups.values()), view.vitals(), nowNs);
    }

    /** The two of a pair differ in their last letter. */
    private static String unpaired(final String name) {
        return name.substring(0, name.length() - 1);
    }

    /** Groups that nobody hears, by name. */
    List<String> unheard() {
        return groups.stream()
                .filter(group -> group.stream().noneMatch(Dependency::connected))
                .map(group -> group.get(0).name() + " is " + group.get(0).state())
                .toList();
    }

    boolean running() {
        return !groups.isEmpty() && unheard().isEmpty();
    }

    /** For how long the most silent group has been, -1 before a first message. */
    long silentNs() {
        long worstNs = groups.isEmpty() ? -1 : 0;
        for (final List<Dependency> group : groups) {
            final long lastNs = group.stream().mapToLong(Dependency::lastMessageNs).max().orElse(0);
            if (lastNs == 0) {
                return -1;
            }
            worstNs = Math.max(worstNs, nowNs - lastNs);
        }
        return worstNs;
    }

    BigDecimal successRate() {
        return Scale.percent(vitals.established(), vitals.established() + vitals.refused());
    }

    BigDecimal parseErrorRate() {
        return Scale.percent(vitals.unparsed(), vitals.messages());
    }

    private BigDecimal uptimeRate() {
        final long upNs = vitals.upNs().values().stream().mapToLong(Long::longValue).sum();
        return Scale.percent(upNs, vitals.spanNs() * vitals.upNs().size());
    }

    /** Appends the fields of an object that is open. */
    void append(final Json json, final Counters counters) {
        status(json.name("connection_status").open());
        history(json.close().name("connection_history").open());
        json.close()
                .name("performance_metrics")
                .open()
                .field("messages_total", counters.get(CounterId.FEED_FRAMES))
                .field("window_seconds", Scale.seconds(vitals.recentNs()))
                .field("messages", vitals.messages())
                .field("messages_per_second", Scale.perSecond(vitals.messages(), vitals.recentNs()))
                .field("parse_errors", vitals.unparsed())
                .field("parse_error_rate", parseErrorRate())
                .close()
                .name("error_analysis")
                .open()
                .name("since_start")
                .open();
        FAULTS.forEach(id -> json.field(id.metric(), counters.get(id)));
        json.close().close();
    }

    /** Appends the fields of the object that tells how they are now. */
    void status(final Json json) {
        json.field("is_running", running())
                .field("connected", running())
                .field("connections_total", connections.size())
                .field(
                        "connections_connected",
                        connections.stream().filter(Dependency::connected).count())
                .field("last_message_age", Scale.seconds(silentNs()))
                .name("connections")
                .openArray();
        for (final Dependency each : connections) {
            json.open()
                    .field("name", each.name())
                    .field("state", each.state())
                    .field("connected", each.connected())
                    .field("detail", each.detail())
                    .time("since", each.sinceNs())
                    .field("last_message_age", age(each, nowNs))
                    .field(
                            "uptime_rate",
                            Scale.percent(
                                    vitals.upNs().getOrDefault(each.name(), 0L), vitals.spanNs()))
                    .close();
        }
        json.closeArray();
    }

    /** Seconds since something came through a dependency; null where nothing did. */
    static BigDecimal age(final Dependency each, final long nowNs) {
        return Scale.seconds(
                each.lastMessageNs() == 0 ? -1 : Math.max(0, nowNs - each.lastMessageNs()));
    }

    /** Appends the fields of the object that tells how they were. */
    void history(final Json json) {
        json.field("window_seconds", Scale.seconds(vitals.spanNs()))
                .field("connection_attempts", vitals.attempts())
                .field("connection_failures", vitals.failures())
                .field("failed_attempts", vitals.refused())
                .field("disconnections", vitals.lost())
                .field("planned_rotations", vitals.planned())
                .field("success_rate", successRate())
                .field("uptime_rate", uptimeRate());
    }
}
