package io.plumbline.app.alert;

import io.plumbline.time.EpochNanoClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls an address while the monitor vouches for itself, and not while it does not: who waits for
 * the calls there (healthchecks.io, PagerDuty's heartbeats and the like) tells a person. What the
 * other side answers is logged when it changes. Thread: {@code heartbeat}.
 */
public final class HeartbeatPush implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatPush.class);
    private static final byte[] BODY =
            "{\"heartbeat\":\"plumbline\"}".getBytes(StandardCharsets.UTF_8);

    private final URI uri;
    private final long everyNs;
    private final Vouch vouch;
    private final HttpPost post;
    private String last = "";
    private boolean closing;

    /**
     * @param uri a secret
     * @param timeoutNs for the connection, and again for every wait for bytes of the answer
     */
    public HeartbeatPush(
            final URI uri,
            final long everyNs,
            final long timeoutNs,
            final Vouch vouch,
            final EpochNanoClock clock) {
        this.uri = HttpPost.checked("heartbeat", uri);
        this.everyNs = everyNs;
        this.vouch = vouch;
        post = new HttpPost(List.of(uri), List.of(), Map.of(), timeoutNs, clock);
    }

    @Override
    public void run() {
        try {
            while (await()) {
                beat();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One beat, or the reason why there is none. */
    private void beat() {
        final String doubt = vouch.doubt();
        final String now;
        if (doubt.isEmpty()) {
            final Delivery delivery = post.post(uri, BODY, Map.of());
            now =
                    delivery.outcome() == Delivery.Outcome.DELIVERED
                            ? ""
                            : "the heartbeat is not taken: " + delivery.reason();
        } else {
            now = "no heartbeat: " + doubt;
        }
        if (!now.equals(last)) {
            LOG.warn("{}", now.isEmpty() ? "heartbeats go out again" : now);
            last = now;
        }
    }

    private synchronized boolean await() throws InterruptedException {
        if (!closing) {
            TimeUnit.NANOSECONDS.timedWait(this, everyNs);
        }
        return !closing;
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        post.close();
    }
}
