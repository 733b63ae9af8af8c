package io.plumbline.feed.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.feed.Backoff;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.venue.NearestNames;
import io.plumbline.feed.venue.RestRequest;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Instruments.Instrument;
import io.plumbline.market.MonitorFact;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
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

    /** A connect that nobody answers cannot be cut short: it ends by itself and offers nothing. */
    private static final long CLOSE_TIMEOUT_MS = 500;

    private final Venue venue;
    private final Supplier<Venue.Access> access;
    private final InstrumentList list;
    private final int source;
    private final List<Instrument> watched;
    private final FeedContext context;
    private final ReferenceSettings settings;
    private final Backoff backoff;
    private final Set<Instrument> unknown = new HashSet<>();
    private volatile boolean running;
    private volatile Thread thread;
    private boolean missing;

    /**
     * For a venue that tells everybody.
     *
     * @param requests what to ask for the list; empty where the venue does not tell
     * @param source under which the answers are offered: the venue's first
     * @param watched the venue's instruments whose ticks are wanted
     * @param random jitter between failed attempts
     */
    public ReferenceFetcher(
            final Venue venue,
            final List<RestRequest> requests,
            final int source,
            final List<Instrument> watched,
            final FeedContext context,
            final ReferenceSettings settings,
            final RandomGenerator random) {
        this(
                venue,
                () -> requests,
                () -> Venue.Access.NONE,
                source,
                watched,
                context,
                settings,
                random);
    }

    /**
     * @param rest replaces the venue's own REST base address; null for the venue's
     * @param access what lets in now, asked for with every list
     */
    public ReferenceFetcher(
            final Venue venue,
            final URI rest,
            final Supplier<Venue.Access> access,
            final int source,
            final List<Instrument> watched,
            final FeedContext context,
            final ReferenceSettings settings,
            final RandomGenerator random) {
        this(
                venue,
                () -> venue.referenceRequests(rest, access.get()),
                access,
                source,
                watched,
                context,
                settings,
                random);
    }

    private ReferenceFetcher(
            final Venue venue,
            final Supplier<List<RestRequest>> requests,
            final Supplier<Venue.Access> access,
            final int source,
            final List<Instrument> watched,
            final FeedContext context,
            final ReferenceSettings settings,
            final RandomGenerator random) {
        this.venue = venue;
        this.access = access;
        this.list = new InstrumentList(venue, requests, settings, context.clock());
        this.source = source;
        this.watched = List.copyOf(watched);
        this.context = context;
        this.settings = settings;
        this.backoff = new Backoff(settings.base().toNanos(), settings.cap().toNanos(), 0, random);
    }

    /** Begins in the background; nothing happens for a venue without such a list. */
    public void start() {
        if (list.isOffered()) {
            running = true;
            thread = context.threads().start("reference-" + venue.name(), this::run);
        }
    }

    /** Stops offering and ends the thread, within a second. */
    @Override
    public void close() {
        running = false;
        final Thread stopping = thread;
        if (stopping == null) {
            return;
        }
        list.cancel();
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
            offer(list.fetch());
            missing = false;
            backoff.ended(0);
            return settings.every() == null ? -1 : settings.every().toNanos();
        } catch (final RestClient.Refused e) {
            missing(e.getMessage());
            return Math.max(e.waitNs(), backoff.nextDelayNs());
        } catch (final IOException | RuntimeException e) {
            missing(e.getClass().getSimpleName() + ": " + e.getMessage());
            return backoff.nextDelayNs();
        }
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

    private void missing(final String cause) {
        final String why = access.get().hide(cause);
        if (running && !missing) {
            missing = true;
            LOG.warn("exchange information of {} is missing: {}", venue.name(), why);
            fact(
                    MonitorFact.REFERENCE_MISSING,
                    venue.name()
                            + " instruments from "
                            + list.host()
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
