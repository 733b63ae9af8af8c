package io.plumbline.app.alert;

import io.plumbline.finding.FindingJson;
import io.plumbline.finding.Severity;
import io.plumbline.time.EpochNanoClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A Slack incoming webhook: one message for the beginning of a case, one for its end. Slack takes
 * one message a second and remembers none: never the only pager. Its URL is the secret.
 *
 * <p>Source: Slack's documentation, Sending messages using incoming webhooks, Rate limits.
 */
public final class SlackChannel implements AlertChannel {
    private static final int PER_MINUTE = 60;

    private final String name;
    private final URI uri;
    private final HttpPost post;

    /**
     * @param timeoutNs for the connection, and again for every wait for bytes of the answer
     */
    public SlackChannel(
            final String name, final URI uri, final long timeoutNs, final EpochNanoClock clock) {
        this.name = name;
        this.uri = HttpPost.checked(name, uri);
        post = new HttpPost(List.of(uri), List.of(), Map.of(), timeoutNs, clock);
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
    public int attemptsPerMinute() {
        return PER_MINUTE;
    }

    @Override
    public Delivery deliver(final Alert alert, final byte[] body) {
        final String text =
                sign(alert)
                        + '*'
                        + alert.severity()
                        + ' '
                        + alert.kind()
                        + "* "
                        + escaped(alert.summary());
        final StringBuilder message = new StringBuilder("{\"text\":");
        FindingJson.string(message, text);
        message.append('}');
        return post.post(uri, message.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static String sign(final Alert alert) {
        if (alert.action() == Alert.Action.RESOLVE) {
            return ":white_check_mark: ";
        }
        if (alert.action() == Alert.Action.ACKNOWLEDGE) {
            return ":eyes: ";
        }
        return alert.severity() == Severity.CRITICAL ? ":rotating_light: " : ":warning: ";
    }

    /** Three characters begin Slack's own markup. */
    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void close() {
        post.close();
    }

    @Override
    public String toString() {
        return name + " (Slack at " + HttpPost.shown(uri) + ')';
    }
}
