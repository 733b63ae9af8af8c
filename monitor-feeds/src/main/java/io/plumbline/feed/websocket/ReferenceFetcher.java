package io.plumbline.feed.websocket;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.ssl.JdkSslContext;
import io.plumbline.feed.Backoff;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RetryAfter;
import io.plumbline.feed.venue.NearestNames;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Instruments.Instrument;
import io.plumbline.market.MonitorFact;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HttpsURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a venue's REST interface for its list of instruments, at start and every few hours, and
 * offers what it says of the watched ones as REFERENCE messages. The monitor runs without it: then
 * it says once what it cannot check.
 *
 * <p>The list is megabytes long and read with blocking calls, so this has one thread of its own.
 * Messages carry epoch 0: they belong to no connection.
 */
public final class ReferenceFetcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceFetcher.class);
    private static final int NAMES_SHOWN = 3;
    private static final long CLOSE_TIMEOUT_MS = 4_000;

    /** The venue answered with something other than its list. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final long waitNs;

        Refused(final String message, final long waitNs) {
            super(message);
            this.waitNs = waitNs;
        }
    }

    private final Venue venue;
    private final URI uri;
    private final int source;
    private final List<Instrument> watched;
    private final FeedContext context;
    private final ReferenceSettings settings;
    private final Backoff backoff;
    private final Set<Instrument> unknown = new HashSet<>();
    private volatile boolean running;
    private volatile Thread thread;
    private volatile HttpURLConnection connection;
    private boolean missing;

    /**
     * @param rest replaces the venue's own REST base address; null for the venue's
     * @param source under which the answers are offered: the venue's first
     * @param watched the venue's instruments whose ticks are wanted
     * @param random jitter between failed attempts
     */
    public ReferenceFetcher(
            final Venue venue,
            final URI rest,
            final int source,
            final List<Instrument> watched,
            final FeedContext context,
            final ReferenceSettings settings,
            final RandomGenerator random) {
        this.venue = venue;
        this.uri = venue.referenceUri(rest);
        this.source = source;
        this.watched = List.copyOf(watched);
        this.context = context;
        this.settings = settings;
        this.backoff = new Backoff(settings.base().toNanos(), settings.cap().toNanos(), 0, random);
    }

    /** Begins in the background; nothing happens for a venue without such a list. */
    public void start() {
        if (uri != null) {
            running = true;
            thread = context.threads().start("reference-" + venue.name(), this::run);
        }
    }

    /** Stops offering and ends the thread, within 5 s. */
    @Override
    public void close() {
        running = false;
        final Thread stopping = thread;
        if (stopping == null) {
            return;
        }
        final HttpURLConnection open = connection;
        if (open != null) {
            open.disconnect();
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
            final long waitNs = attempt();
            if (waitNs < 0) {
                return;
            }
            final long untilNs = nowNs() + waitNs;
            for (long nowNs = nowNs(); running && nowNs < untilNs; nowNs = nowNs()) {
                LockSupport.parkNanos(untilNs - nowNs);
            }
        }
    }

    /** One fetch: how long to wait before the next, or -1 when there is none. */
    private long attempt() {
        try {
            offer(fetch());
            missing = false;
            backoff.ended(0);
            return settings.every() == null ? -1 : settings.every().toNanos();
        } catch (final Refused e) {
            missing(e.getMessage());
            return Math.max(e.waitNs, backoff.nextDelayNs());
        } catch (final IOException | RuntimeException e) {
            missing(e.getClass().getSimpleName() + ": " + e.getMessage());
            return backoff.nextDelayNs();
        }
    }

    private List<Venue.Reference> fetch() throws IOException {
        final long deadlineNs = nowNs() + settings.whole().toNanos();
        final HttpURLConnection http = open();
        connection = http;
        try {
            final int status = http.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw refused(http, status);
            }
            try (InputStream body = body(http, deadlineNs)) {
                return venue.references(body);
            }
        } finally {
            connection = null;
            http.disconnect();
        }
    }

    /** Bounded on the wire, and again where it is inflated. */
    private InputStream body(final HttpURLConnection http, final long deadlineNs)
            throws IOException {
        final InputStream wire =
                bounded(http.getInputStream(), http.getContentLengthLong(), deadlineNs);
        return "gzip".equalsIgnoreCase(http.getContentEncoding())
                ? bounded(new GZIPInputStream(wire), -1, deadlineNs)
                : wire;
    }

    private InputStream bounded(
            final InputStream body, final long announcedBytes, final long deadlineNs) {
        return new BoundedBody(
                body, announcedBytes, settings.maxBytes(), deadlineNs, context.clock());
    }

    private HttpURLConnection open() throws IOException {
        if (!(uri.toURL().openConnection() instanceof HttpURLConnection http)) {
            throw new IOException("a REST endpoint looks like https://host, not " + uri);
        }
        if (http instanceof HttpsURLConnection https
                && settings.trustedCertificates() != null
                && Trust.context(settings.trustedCertificates()) instanceof JdkSslContext trust) {
            https.setSSLSocketFactory(trust.context().getSocketFactory());
        }
        http.setConnectTimeout((int) settings.connect().toMillis());
        http.setReadTimeout((int) settings.read().toMillis());
        http.setInstanceFollowRedirects(false);
        http.setUseCaches(false);
        http.setRequestProperty("Accept", "application/json");
        http.setRequestProperty("Accept-Encoding", "gzip");
        http.setRequestProperty("Connection", "close");
        return http;
    }

    private Refused refused(final HttpURLConnection http, final int status) {
        final long askedNs = RetryAfter.parseNs(http.getHeaderField("Retry-After"), nowNs());
        final long holdNs =
                switch (status) {
                    case 403, 418, 429, 451 -> settings.refusalHold().toNanos();
                    default -> 0;
                };
        return new Refused("HTTP " + status, Math.max(askedNs, holdNs));
    }

    private void offer(final List<Venue.Reference> listed) {
        final Map<String, String> ticks = new HashMap<>(listed.size() * 2);
        for (final Venue.Reference reference : listed) {
            ticks.put(reference.venueSymbol(), reference.tickSize());
        }
        for (final Instrument instrument : watched) {
            final String tick = ticks.get(instrument.venueSymbol());
            if (!running) {
                return;
            }
            if (tick == null) {
                if (unknown.add(instrument)) {
                    fact(MonitorFact.SYMBOL_UNKNOWN, unknown(instrument, ticks));
                }
            } else {
                final ObjectNode json = JsonNodeFactory.instance.objectNode();
                json.put("symbol", instrument.venueSymbol()).put("tickSize", tick);
                context.inbound().offer(InboundType.REFERENCE, source, 0, nowNs(), json.toString());
            }
        }
    }

    private String unknown(final Instrument instrument, final Map<String, String> ticks) {
        final List<String> nearest =
                NearestNames.of(instrument.venueSymbol(), ticks.keySet(), NAMES_SHOWN).stream()
                        .map(venue::toSymbol)
                        .toList();
        return instrument.symbol()
                + " not listed by "
                + venue.name()
                + "; nearest: "
                + (nearest.isEmpty() ? "none" : String.join(", ", nearest));
    }

    private void missing(final String why) {
        if (running && !missing) {
            missing = true;
            LOG.warn("exchange information of {} is missing: {}", venue.name(), why);
            fact(
                    MonitorFact.REFERENCE_MISSING,
                    venue.name()
                            + " instruments from "
                            + uri.getHost()
                            + ": "
                            + why
                            + "; tick sizes are not checked until it answers");
        }
    }

    private void fact(final MonitorFact fact, final String detail) {
        context.inbound().offer(InboundType.MONITOR, source, 0, nowNs(), fact + " " + detail);
    }

    private long nowNs() {
        return context.clock().epochNanos();
    }
}
