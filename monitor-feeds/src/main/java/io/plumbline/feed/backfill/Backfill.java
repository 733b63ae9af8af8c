package io.plumbline.feed.backfill;

import com.fasterxml.jackson.databind.node.TextNode;
import io.plumbline.feed.Backoff;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.rest.ReferenceSettings;
import io.plumbline.feed.rest.RestClient;
import io.plumbline.feed.venue.BackfillDecoder;
import io.plumbline.feed.venue.RestRequest;
import io.plumbline.feed.venue.TradeHistory;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.Instruments.Instrument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches from one venue what was lost. Errands are taken on from any thread without waiting, at
 * most {@value #QUEUE} at a time (one more is refused and counted), and run one after the other on
 * a thread of their own, within a budget of requests; after 403, 418, 429 or 451 none is made until
 * the venue's Retry-After has passed. What fails {@value #ATTEMPTS} times is given up.
 *
 * <p>Answers are offered as they came, under epoch 0: they belong to no connection.
 */
public final class Backfill implements AutoCloseable {
    public static final int QUEUE = 256;

    /** Tries of one request. */
    static final int ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

    /** A connect that nobody answers cannot be cut short: it ends by itself and offers nothing. */
    private static final long CLOSE_TIMEOUT_MS = 500;

    private static final String QUEUE_FULL = "the queue is full";

    private final Venue venue;
    private final TradeHistory history;
    private final URI rest;
    private final int source;
    private final FeedContext context;
    private final RequestBudget budget;
    private final Backoff backoff;
    private final RestClient client;
    private final BlockingDeque<Errand> queue = new LinkedBlockingDeque<>(QUEUE);
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean running;
    private volatile Thread thread;

    // Written by the backfill thread alone.
    private volatile long gaps;
    private volatile long books;
    private volatile long requests;
    private volatile long failed;
    private volatile long heldBackUntilNs;
    private volatile String lastError = "";

    /**
     * @param rest replaces the venue's own REST address; null for the venue's
     * @param source under which the answers are offered: the venue's first
     * @param budget REST requests to this venue
     * @param random jitter between failed attempts
     */
    public Backfill(
            final Venue venue,
            final URI rest,
            final int source,
            final FeedContext context,
            final ReferenceSettings settings,
            final RequestBudget budget,
            final RandomGenerator random) {
        this.venue = venue;
        this.history = venue.tradeHistory();
        this.rest = rest;
        this.source = source;
        this.context = context;
        this.budget = budget;
        this.backoff = new Backoff(settings.base().toNanos(), settings.cap().toNanos(), 0, random);
        this.client = new RestClient(settings, context.clock());
    }

    public void start() {
        running = true;
        thread = context.threads().start("backfill-" + venue.name(), this::run);
    }

    /**
     * Takes on a gap of trades; it goes before the books, which may be hundreds at a start.
     *
     * @return whether it will be fetched
     */
    public boolean trades(
            final Instrument of, final Channel channel, final long from, final long to) {
        final Errand errand = new Errand(of, channel, from, to);
        if (history == null || history.shape(channel) == null) {
            return false;
        }
        if (to - from >= BackfillDecoder.MOST_IDS) {
            return refuse(errand, "more than " + BackfillDecoder.MOST_IDS + " at once");
        }
        return queue.offerFirst(errand) || refuse(errand, QUEUE_FULL);
    }

    /**
     * Takes on an order book; one that waits already is not asked for twice.
     *
     * @return whether it will be fetched
     */
    public boolean book(final Instrument of) {
        final Errand errand = Errand.book(of);
        return queue.contains(errand) || queue.offer(errand) || refuse(errand, QUEUE_FULL);
    }

    private boolean refuse(final Errand errand, final String why) {
        if (refused.incrementAndGet() == 1) {
            LOG.warn("{}: {} will not be fetched: {}", venue.name(), errand, why);
        }
        return false;
    }

    /** How it stands. Any thread. */
    public BackfillStatus status() {
        return new BackfillStatus(
                venue.name(),
                gaps,
                books,
                requests,
                failed,
                refused.get(),
                queue.size(),
                heldBackUntilNs > nowNs() ? heldBackUntilNs : 0,
                lastError);
    }

    /** Ends the thread, within a second; what was not fetched is not. */
    @Override
    public void close() {
        running = false;
        final Thread stopping = thread;
        if (stopping == null) {
            return;
        }
        client.cancel();
        stopping.interrupt();
        try {
            stopping.join(CLOSE_TIMEOUT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try {
                run(queue.take());
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The thread must outlive a bug in a venue. */
    private void run(final Errand errand) {
        try {
            if (errand.isBook()) {
                book(errand);
            } else {
                gaps++;
                trades(errand);
            }
        } catch (final RuntimeException e) {
            failed(errand, e.toString());
        }
    }

    private void book(final Errand errand) {
        final String symbol = errand.of().venueSymbol();
        final RestRequest request = venue.snapshotRequest(symbol, rest);
        if (request == null) {
            return;
        }
        books++;
        final byte[] body = fetch(errand, request);
        if (body != null && !offer(InboundType.SNAPSHOT, "{\"symbol\":" + quoted(symbol), body)) {
            failed(errand, "the ring is full");
        }
    }

    /** Page by page; what cannot be had ends the errand, and the engine is told so. */
    private void trades(final Errand errand) {
        long from = errand.from();
        while (running && from <= errand.to()) {
            final long to = Math.min(errand.to(), from + history.page() - 1);
            final byte[] body =
                    fetch(
                            errand,
                            history.request(
                                    errand.of().venueSymbol(), errand.channel(), from, to, rest));
            final long told = body == null ? errand.to() : to;
            if (running && !offer(InboundType.BACKFILL, head(errand, from, told), body)) {
                failed(errand, "the ring is full");
                return;
            }
            from = told + 1;
        }
    }

    private static String head(final Errand errand, final long from, final long to) {
        return "{\"symbol\":"
                + quoted(errand.of().venueSymbol())
                + ",\"channel\":\""
                + errand.channel().label()
                + "\",\"from\":"
                + from
                + ",\"to\":"
                + to
                + ",\"gapFrom\":"
                + errand.from()
                + ",\"gapTo\":"
                + errand.to();
    }

    /** The answer, or null when it cannot be had. */
    private byte[] fetch(final Errand errand, final RestRequest request) {
        String why = "";
        for (int attempt = 1; attempt <= ATTEMPTS && running; attempt++) {
            awaitGrant();
            if (!running) {
                return null;
            }
            try {
                requests++;
                final byte[] body = client.ask(request, InputStream::readAllBytes);
                budget.reopen();
                backoff.ended(0);
                return body;
            } catch (final RestClient.Refused e) {
                why = e.getMessage() + " from " + request;
                if (e.waitNs() > 0) {
                    heldBackUntilNs = nowNs() + e.waitNs();
                    budget.closeUntil(heldBackUntilNs);
                } else {
                    pause(backoff.nextDelayNs());
                }
            } catch (final IOException e) {
                why = e.getClass().getSimpleName() + ": " + e.getMessage() + ", " + request;
                pause(backoff.nextDelayNs());
            }
        }
        failed(errand, why);
        return null;
    }

    private void awaitGrant() {
        long waitNs = budget.tryAcquire(nowNs());
        while (running && waitNs > 0) {
            pause(waitNs);
            waitNs = budget.tryAcquire(nowNs());
        }
    }

    private void pause(final long waitNs) {
        final long untilNs = nowNs() + waitNs;
        for (long nowNs = nowNs(); running && nowNs < untilNs; nowNs = nowNs()) {
            LockSupport.parkNanos(this, untilNs - nowNs);
        }
    }

    private void failed(final Errand errand, final String why) {
        if (running) {
            failed++;
            lastError = errand + ": " + why;
            LOG.warn("{}: could not fetch {}: {}", venue.name(), errand, why);
        }
    }

    /** The head, then the venue's answer as it came, or word that there is none. */
    private boolean offer(final InboundType type, final String head, final byte[] body) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(
                (body == null ? ",\"error\":" + quoted(lastError) : ",\"body\":")
                        .getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            out.writeBytes(body);
        }
        out.write('}');
        return context.inbound().offer(type, source, 0, nowNs(), out.toByteArray(), 0, out.size());
    }

    private static String quoted(final String text) {
        return TextNode.valueOf(text).toString();
    }

    private long nowNs() {
        return context.clock().epochNanos();
    }
}
