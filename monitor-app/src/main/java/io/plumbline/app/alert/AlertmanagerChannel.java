package io.plumbline.app.alert;

import io.plumbline.finding.FindingJson;
import io.plumbline.time.EpochNanoClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prometheus' Alertmanager, API v2. It forgets an alert that is not sent again, and would call that
 * a recovery: what stands is sent again every interval with an end four intervals ahead. Every
 * replica is told, never a load balancer before them; one that takes an alert is enough for it to
 * count as delivered, the others have it with the next repetition. A resolve is an alert that ends
 * now.
 *
 * <p>Labels: alertname (the finding's kind), severity, detector, venue, instrument, key, monitor:
 * the same from one monitor in every episode, so Alertmanager groups and inhibits by them. A case
 * that gets worse under another kind has other labels there: the old ones are ended.
 *
 * <p>Source: Alertmanager's API v2 OpenAPI file; Prometheus' documentation, Sending alerts.
 */
public final class AlertmanagerChannel implements StandingChannel {
    private static final String PATH = "/api/v2/alerts";
    private static final int INTERVALS_AHEAD = 4;

    /** What one receiver takes in one request: a few hundred kilobytes. */
    private static final int BATCH = 200;

    private final String name;
    private final List<URI> replicas;
    private final String monitor;
    private final long repeatNs;
    private final EpochNanoClock clock;
    private final HttpPost post;
    private final Map<String, Alert> standing = new LinkedHashMap<>();
    private final long startedNs;
    private Vouch vouch = () -> "nobody has asked for a watchdog";

    /**
     * @param replicas base addresses of all of them, with the path prefix where there is one
     * @param headers sent along, for example Authorization; their values are secrets
     * @param monitor names this monitor in the labels
     * @param repeatNs from one repetition to the next
     * @param timeoutNs for the connection, and again for every wait for bytes of the answer
     */
    public AlertmanagerChannel(
            final String name,
            final List<URI> replicas,
            final Map<String, String> headers,
            final String monitor,
            final long repeatNs,
            final long timeoutNs,
            final EpochNanoClock clock) {
        if (replicas.isEmpty()) {
            throw new IllegalArgumentException(
                    "alert channel " + name + " needs the address of at least one Alertmanager");
        }
        this.name = name;
        this.replicas =
                replicas.stream()
                        .map(uri -> HttpPost.checked(name, uri))
                        .map(uri -> URI.create(uri.toString().replaceAll("/+$", "") + PATH))
                        .toList();
        this.monitor = monitor;
        this.repeatNs = repeatNs;
        this.clock = clock;
        startedNs = clock.epochNanos();
        post = new HttpPost(List.of(), List.of(), headers, timeoutNs, clock);
    }

    /**
     * Lets an alert {@code Watchdog} (severity none) stand while the monitor vouches for itself: it
     * ends by itself when the monitor does not say it again. Before the first delivery.
     */
    public AlertmanagerChannel withWatchdog(final Vouch by) {
        vouch = by;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long repeatEveryNs() {
        return repeatNs;
    }

    @Override
    public void standing(final Collection<Alert> alerts) {
        alerts.forEach(alert -> standing.put(alert.dedupKey(), alert));
    }

    @Override
    public Delivery deliver(final Alert alert, final byte[] body) {
        final List<String> said = new ArrayList<>();
        final Alert before = standing.get(alert.dedupKey());
        if (before != null && !labels(before).equals(labels(alert))) {
            said.add(ended(before));
        }
        said.add(alert.action() == Alert.Action.RESOLVE ? ended(alert) : firing(alert));
        final Delivery delivery = send(said);
        if (delivery.outcome() == Delivery.Outcome.DELIVERED) {
            if (alert.action() == Alert.Action.RESOLVE) {
                standing.remove(alert.dedupKey());
            } else {
                standing.put(alert.dedupKey(), alert);
            }
        }
        return delivery;
    }

    @Override
    public Delivery repeat() {
        Delivery last = Delivery.delivered();
        final List<String> batch = new ArrayList<>();
        if (vouch.doubt().isEmpty()) {
            batch.add(watchdog());
        }
        for (final Alert alert : standing.values()) {
            batch.add(firing(alert));
            if (batch.size() == BATCH) {
                last = send(batch);
                batch.clear();
            }
        }
        return batch.isEmpty() ? last : send(batch);
    }

    private Delivery send(final List<String> alerts) {
        final byte[] body = ('[' + String.join(",", alerts) + ']').getBytes(StandardCharsets.UTF_8);
        Delivery best = null;
        for (final URI replica : replicas) {
            final Delivery delivery = post.post(replica, body, Map.of());
            if (best == null || delivery.outcome().ordinal() < best.outcome().ordinal()) {
                best = delivery;
            }
        }
        return best;
    }

    private String watchdog() {
        final StringBuilder out =
                new StringBuilder(256)
                        .append("{\"labels\":{\"alertname\":\"Watchdog\",\"severity\":\"none\"");
        label(out, "monitor", monitor);
        out.append("},\"annotations\":{\"summary\":\"The monitor watches; page somebody when this")
                .append(" is gone.\"},\"startsAt\":");
        FindingJson.string(out, AlertJson.time(startedNs));
        final long endsNs = clock.epochNanos() + INTERVALS_AHEAD * repeatNs;
        FindingJson.string(out.append(",\"endsAt\":"), AlertJson.time(endsNs));
        return out.append('}').toString();
    }

    private String firing(final Alert alert) {
        return alert(alert, clock.epochNanos() + INTERVALS_AHEAD * repeatNs);
    }

    private String ended(final Alert alert) {
        return alert(alert, clock.epochNanos());
    }

    private String alert(final Alert alert, final long endsNs) {
        final StringBuilder out = new StringBuilder(512).append("{\"labels\":");
        out.append(labels(alert)).append(",\"annotations\":{\"summary\":");
        FindingJson.string(out, alert.summary());
        FindingJson.string(out.append(",\"dedupKey\":"), alert.dedupKey());
        FindingJson.string(out.append(",\"episode\":"), alert.episode());
        FindingJson.string(out.append("},\"startsAt\":"), AlertJson.time(alert.sinceNs()));
        FindingJson.string(
                out.append(",\"endsAt\":"), AlertJson.time(Math.max(endsNs, alert.sinceNs())));
        return out.append('}').toString();
    }

    private String labels(final Alert alert) {
        final AlertSubject subject = AlertSubject.of(alert);
        final StringBuilder out = new StringBuilder("{\"alertname\":");
        FindingJson.string(out, alert.kind());
        label(out, "severity", AlertLevel.of(alert.severity()));
        label(out, "detector", subject.detector());
        label(out, "venue", subject.venue());
        label(out, "instrument", subject.instrument());
        label(out, "key", subject.key());
        label(out, "monitor", monitor);
        return out.append('}').toString();
    }

    /** Alertmanager refuses an alert with an empty label. */
    private static void label(final StringBuilder out, final String label, final String value) {
        if (!value.isEmpty()) {
            out.append(",\"").append(label).append("\":");
            FindingJson.string(out, value);
        }
    }

    @Override
    public void close() {
        post.close();
    }

    @Override
    public String toString() {
        return name + " (Alertmanager at " + HttpPost.shown(replicas.get(0)) + ')';
    }
}
