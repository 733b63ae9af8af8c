package io.plumbline.feed.probe;

import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.market.SessionState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the probes of one server, each at its interval, on one connection and one thread of its own.
 * A probe that fails says so once and the others go on; a connection that is lost is made anew, and
 * told of when it cannot be.
 *
 * @param <S> an open connection
 */
public final class ProbeFeed<S> implements Feed {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeFeed.class);
    private static final String CONNECTION = "connection";
    private static final long RETRY_NS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NS = 100_000_000L;
    private static final long JOIN_MS = 4_000;

    private final ProbeServer<S> server;
    private final List<Probe<S>> probes;
    private final long[] dueNs;
    private final int[] strikes;
    private final FeedContext context;
    private final ProbeReport report;
    private final Map<String, String> failing = new ConcurrentSkipListMap<>();
    private volatile S connection;
    private volatile boolean closed;
    private volatile FeedStatus status;
    private volatile long lastAnswerNs;
    private Thread thread;

    /**
     * @param source the id of this server's probes in {@code Sources}
     * @param probes at least one
     */
    public ProbeFeed(
            final ProbeServer<S> server,
            final int source,
            final List<Probe<S>> probes,
            final FeedContext context) {
        this.server = server;
        this.probes = List.copyOf(probes);
        this.context = context;
        dueNs = new long[probes.size()];
        strikes = new int[probes.size()];
        report = new ProbeReport(source, context.inbound(), context.clock(), context.counters());
        status = new FeedStatus(name(), SessionState.DOWN, "not started", 0, 0, 0);
    }

    @Override
    public String name() {
        return "probe/" + server.name();
    }

    @Override
    public void start() {
        thread = context.threads().start("probe-" + server.name(), this::run);
    }

    /** Where the connection stands; of one that is LIVE also which probes fail, and why. */
    @Override
    public FeedStatus status() {
        final FeedStatus last = status;
        final StringBuilder detail = new StringBuilder(last.detail());
        if (last.state() == SessionState.LIVE) {
            failing.forEach(
                    (probe, why) -> detail.append("; ").append(probe).append(": ").append(why));
        }
        return new FeedStatus(
                last.name(),
                last.state(),
                detail.toString(),
                last.sinceNs(),
                lastAnswerNs,
                last.epoch());
    }

    @Override
    public void close() {
        closed = true;
        drop();
        final Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        LockSupport.unpark(running);
        try {
            running.join(JOIN_MS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            final int next = nextDue();
            final long leftNs = dueNs[next] - context.clock().epochNanos();
            if (leftNs > 0) {
                LockSupport.parkNanos(this, Math.min(leftNs, LONGEST_PAUSE_NS));
            } else if (connection != null || connect()) {
                probe(next);
            } else {
                postponeAll();
            }
        }
        drop();
    }

    private int nextDue() {
        int next = 0;
        for (int i = 1; i < dueNs.length; i++) {
            if (dueNs[i] < dueNs[next]) {
                next = i;
            }
        }
        return next;
    }

    private boolean connect() {
        report.begin(CONNECTION);
        try {
            connection = server.open();
        } catch (final Exception failure) {
            failed(failure);
            return false;
        }
        report.connected();
        report.worked("");
        state(SessionState.LIVE, probes.size() + " probes");
        return true;
    }

    private void probe(final int index) {
        final Probe<S> probe = probes.get(index);
        report.begin(probe.name());
        final S asked = connection;
        if (asked == null) {
            return;
        }
        try {
            probe.run(asked, report);
            lastAnswerNs = context.clock().epochNanos();
            strikes[index] = 0;
            failing.remove(probe.name());
            report.worked("");
        } catch (final Exception failure) {
            if (!closed) {
                failed(index, failure);
            }
        }
        dueNs[index] = context.clock().epochNanos() + probe.everyNs();
    }

    /**
     * A connection is lost at times (a failover); one that is lost to the same probe again is told.
     */
    private void failed(final int index, final Exception failure) {
        final Probe<S> probe = probes.get(index);
        if (server.isRefusal(failure)) {
            failing.put(probe.name(), server.reason(failure));
            report.failed("", server.reason(failure));
            return;
        }
        LOG.debug("{}: {} failed", name(), probe.name(), failure);
        drop();
        if (++strikes[index] > 1) {
            failing.put(probe.name(), server.reason(failure));
            report.failed("", server.reason(failure));
        }
    }

    private void failed(final Exception failure) {
        final String reason = server.reason(failure);
        report.failed("", reason);
        state(SessionState.DOWN, reason);
    }

    private void postponeAll() {
        final long laterNs = context.clock().epochNanos() + RETRY_NS;
        for (int i = 0; i < dueNs.length; i++) {
            dueNs[i] = Math.max(dueNs[i], laterNs);
        }
    }

    private void drop() {
        final S open = connection;
        connection = null;
        if (open != null) {
            server.close(open);
        }
    }

    private void state(final SessionState next, final String reason) {
        status =
                new FeedStatus(
                        name(),
                        next,
                        reason,
                        context.clock().epochNanos(),
                        lastAnswerNs,
                        report.epoch());
    }
}
