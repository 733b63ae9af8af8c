package io.plumbline.app.alert;

import io.plumbline.app.template.Template;
import io.plumbline.time.EpochNanoClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * POSTs every alert to a URL, with the headers and the signature of Standard Webhooks. What is sent
 * is {@link AlertJson}, or whatever the receiver wants, by a template; a resolve may go to a place
 * of its own, which the template of its URL names.
 */
public final class WebhookHook implements AlertChannel {
    /**
     * Where one kind of alert goes and as what.
     *
     * @param url filled in for every alert
     * @param body null for {@link AlertJson}
     */
    public record Target(Template url, Template body) {
        /** One place, our own body. */
        public static Target of(final URI uri) {
            return new Target(Template.parseUrl(uri.toString()), null);
        }
    }

    private final String name;
    private final Target trigger;
    private final Target resolve;
    private final WebhookSignature signature;
    private final EpochNanoClock clock;
    private final HttpPost post;

    /**
     * @param trigger http or https; may be a secret itself
     * @param resolve the same for the end of a case
     * @param secret signs the body; "" for no signature
     * @param headers sent along, for example Authorization; their values are secrets
     * @param timeoutNs for the connection, and again for every wait for bytes of the answer
     */
    public WebhookHook(
            final String name,
            final Target trigger,
            final Target resolve,
            final String secret,
            final Map<String, String> headers,
            final long timeoutNs,
            final EpochNanoClock clock) {
        this.name = name;
        this.trigger = trigger;
        this.resolve = resolve;
        this.clock = clock;
        signature = secret.isEmpty() ? null : new WebhookSignature(secret);
        final List<URI> places = new ArrayList<>();
        places.add(HttpPost.checked(name, trigger.url().exampleUri()));
        places.add(HttpPost.checked(name, resolve.url().exampleUri()));
        post = new HttpPost(places, List.of(secret), headers, timeoutNs, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery deliver(final Alert alert, final byte[] body) {
        final Target to = alert.action() == Alert.Action.RESOLVE ? resolve : trigger;
        final byte[] sent = to.body() == null ? body : AlertTemplate.body(to.body(), alert);
        final long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos());
        final Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", alert.id());
        headers.put("webhook-timestamp", Long.toString(seconds));
        if (signature != null) {
            headers.put("webhook-signature", signature.sign(alert.id(), seconds, sent));
        }
        return post.post(AlertTemplate.uri(to.url(), alert), sent, headers);
    }

    @Override
    public void close() {
        post.close();
    }

    /** Scheme and host only: the rest of the URL may be the secret. */
    @Override
    public String toString() {
        return name + " (" + HttpPost.shown(trigger.url().exampleUri()) + ')';
    }
}
