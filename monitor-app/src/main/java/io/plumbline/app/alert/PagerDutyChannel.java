package io.plumbline.app.alert;

import io.plumbline.finding.FindingJson;
import io.plumbline.time.EpochNanoClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * PagerDuty, Events API v2: a case is one incident by its dedup key, so a trigger that comes twice,
 * or after a restart, finds the same one, and a worse severity updates it. Takes about 120 events a
 * minute per integration key; an event of ours stays far below its 512 KB.
 *
 * <p>Source: PagerDuty's developer documentation, Events API v2 overview, Send an Alert Event, Rate
 * Limits.
 */
public final class PagerDutyChannel implements AlertChannel {
    /** Where events go unless the configuration names another place (the EU region has its own). */
    public static final String DEFAULT_URL = "https://events.pagerduty.com/v2/enqueue";

    private final String name;
    private final URI uri;
    private final String routingKey;
    private final String source;
    private final HttpPost post;

    /**
     * @param routingKey the integration key of the service, a secret
     * @param source names this monitor in the incident
     * @param timeoutNs for the connection, and again for every wait for bytes of the answer
     */
    public PagerDutyChannel(
            final String name,
            final URI uri,
            final String routingKey,
            final String source,
            final long timeoutNs,
            final EpochNanoClock clock) {
        this.name = name;
        this.uri = HttpPost.checked(name, uri);
        this.routingKey = routingKey;
        this.source = source;
        post = new HttpPost(List.of(), List.of(routingKey), Map.of(), timeoutNs, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean acknowledges() {
        return true;
    }

    @Override
    public Delivery deliver(final Alert alert, final byte[] body) {
        return post.post(uri, event(alert).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private String event(final Alert alert) {
        final AlertSubject subject = AlertSubject.of(alert);
        final StringBuilder out = new StringBuilder(1_024);
        field(out.append('{'), "routing_key", routingKey);
        field(out.append(','), "event_action", alert.action().label());
        field(out.append(','), "dedup_key", alert.dedupKey());
        out.append(",\"payload\":{");
        field(out, "summary", alert.summary());
        field(out.append(','), "source", source);
        field(out.append(','), "severity", AlertLevel.of(alert.severity()));
        field(out.append(','), "timestamp", AlertJson.time(alert.atNs()));
        optional(out, "component", subject.component());
        optional(out, "group", subject.venue());
        field(out.append(','), "class", alert.kind());
        out.append(",\"custom_details\":").append(AlertJson.text(alert));
        field(out.append("},"), "client", "plumbline");
        return out.append('}').toString();
    }

    private static void optional(final StringBuilder out, final String label, final String value) {
        if (!value.isEmpty()) {
            field(out.append(','), label, value);
        }
    }

    private static void field(final StringBuilder out, final String label, final String value) {
        out.append('"').append(label).append("\":");
        FindingJson.string(out, value);
    }

    @Override
    public void close() {
        post.close();
    }

    @Override
    public String toString() {
        return name + " (PagerDuty at " + HttpPost.shown(uri) + ')';
    }
}
