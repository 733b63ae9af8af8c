package io.plumbline.feed.websocket;

import io.plumbline.feed.FeedContext;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.MonitorFact;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token that lets the monitor in at one venue: read again and again, because its owner renews
 * it while we run. Connections and REST requests take {@link #access} whenever they begin; a
 * connection that was made with another one is replaced. When the token ends goes into the ring,
 * its text never anywhere else than to the venue.
 *
 * <p>A changed text counts when it was read twice in a row, so a file that is being written is not
 * taken half. What cannot be read leaves the token as it was. Reading may block, so this has one
 * thread of its own.
 */
public final class TokenWatch implements AutoCloseable {
    /** Where the token is read. */
    @FunctionalInterface
    public interface Reading {
        /** The token as it is now; IOException with a reason for people where it cannot be had. */
        String read() throws IOException;
    }

    /** How often it is read. */
    public static final Duration EVERY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);
    private static final long CLOSE_TIMEOUT_MS = 4_000;

    /** The end is told again so often, for journals whose beginning is gone. */
    private static final long TELL_AGAIN_NS = Duration.ofHours(1).toNanos();

    private final Venue venue;
    private final Reading reading;
    private final int source;
    private final FeedContext context;
    private final long everyNs;
    private volatile Venue.Access access;
    private volatile boolean running;
    private volatile Thread thread;

    // Own thread only, after the start.
    private String token;
    private String candidate;
    private long toldNs;
    private boolean told;
    private boolean unreadable;

    /**
     * @param token the token to begin with
     * @param reading where it is read from then on
     * @param source under which its end is told: the venue's first
     * @param every how often it is read
     */
    public TokenWatch(
            final Venue venue,
            final String token,
            final Reading reading,
            final int source,
            final FeedContext context,
            final Duration every) {
        this.venue = venue;
        this.token = token;
        this.candidate = token;
        this.reading = reading;
        this.source = source;
        this.context = context;
        this.everyNs = every.toNanos();
        this.access = venue.access(token);
    }

    /** Whether a text can be one: visible ASCII, so that nothing else gets into a header by it. */
    public static boolean isToken(final String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** What lets in now: any thread. */
    public Venue.Access access() {
        return access;
    }

    /** Begins in the background. */
    public void start() {
        running = true;
        thread = context.threads().start("token-" + venue.name(), this::run);
    }

    /** Ends the thread, within 5 s. */
    @Override
    public void close() {
        running = false;
        final Thread stopping = thread;
        if (stopping == null) {
            return;
        }
        LockSupport.unpark(stopping);
        try {
            stopping.join(CLOSE_TIMEOUT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            look();
            final long nowNs = nowNs();
            if (!told || nowNs - toldNs >= TELL_AGAIN_NS) {
                tell(nowNs);
            }
            final long untilNs = nowNs + everyNs;
            for (long at = nowNs; running && at < untilNs; at = nowNs()) {
                LockSupport.parkNanos(untilNs - at);
            }
        }
    }

    private void look() {
        final String text;
        try {
            text = reading.read().strip();
        } catch (final IOException | RuntimeException e) {
            missing(access.hide(String.valueOf(e.getMessage())));
            return;
        }
        if (!isToken(text)) {
            missing(text.isEmpty() ? "it is empty" : "it is no token");
            return;
        }
        unreadable = false;
        final boolean settled = text.equals(candidate);
        candidate = text;
        if (settled && !text.equals(token)) {
            token = text;
            access = venue.access(text);
            told = false;
            context.counters().increment(CounterId.FEED_TOKENS_RENEWED);
            LOG.info("the token of {} was renewed: {}", venue.name(), words());
        }
    }

    private void missing(final String why) {
        if (!unreadable) {
            unreadable = true;
            LOG.warn(
                    "the token of {} cannot be read again ({}); the old one stays in use",
                    venue.name(),
                    why);
        }
    }

    private void tell(final long nowNs) {
        told =
                context.inbound()
                        .offer(
                                InboundType.MONITOR,
                                source,
                                0,
                                nowNs,
                                MonitorFact.CREDENTIAL_UNTIL
                                        + " "
                                        + TokenEnd.seconds(token)
                                        + " "
                                        + words());
        toldNs = nowNs;
    }

    private String words() {
        final long seconds = TokenEnd.seconds(token);
        return seconds == TokenEnd.UNKNOWN
                ? "it does not say when it ends"
                : "it ends at " + Instant.ofEpochSecond(seconds);
    }

    private long nowNs() {
        return context.clock().epochNanos();
    }
}
