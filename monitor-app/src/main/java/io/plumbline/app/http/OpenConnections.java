package io.plumbline.app.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The connections that are open, never more than the limit, nor than its share from one address.
 * When one more comes, the oldest that is not being answered gives way, of the address that has the
 * most: slow or idle clients cannot lock out one that asks something. What may not be taken away at
 * once has its own limit: half of all places for events, a quarter for answers whose client does
 * not take them as fast as they are made. Any event loop.
 */
final class OpenConnections {
    /** So long a client may take its answer undisturbed, however many others wait. */
    private static final long GRACE_NS = 200_000_000L;

    /** Places of one address that events leave to questions. */
    private static final int NOT_FOR_EVENTS = 2;

    private final int limit;
    private final int perAddress;
    private final Set<HttpConnection> open = new LinkedHashSet<>();
    private final Set<HttpConnection> streams = new LinkedHashSet<>();
    private final Set<HttpConnection> slow = new LinkedHashSet<>();

    OpenConnections(final int limit, final int perAddress) {
        this.limit = limit;
        this.perAddress = perAddress;
    }

    /** Lets {@code connection} in and returns null, or why not. */
    Refusal admit(final HttpConnection connection) {
        final HttpConnection yielding;
        synchronized (this) {
            final boolean tooMany = of(open, connection.address()) >= perAddress;
            if (tooMany || open.size() >= limit) {
                yielding =
                        firstOfMost(
                                open,
                                each ->
                                        !each.answering()
                                                && (!tooMany
                                                        || each.address()
                                                                .equals(connection.address())));
                if (yielding == null) {
                    return tooMany ? Refusal.TOO_MANY_HERE : Refusal.FULL;
                }
                open.remove(yielding);
            } else {
                yielding = null;
            }
            open.add(connection);
        }
        if (yielding != null) {
            yielding.giveWay();
        }
        return null;
    }

    /** Lets {@code connection} stay for events; false when all places for that are taken. */
    synchronized boolean admitStream(final HttpConnection connection) {
        if (streams.size() >= Math.max(1, limit / 2)
                || of(streams, connection.address()) >= Math.max(1, perAddress - NOT_FOR_EVENTS)) {
            return false;
        }
        streams.add(connection);
        return true;
    }

    /**
     * Lets {@code connection} take its answer slowly; where too many do, one that has for a while
     * gives way.
     *
     * @return false when there is none: then it ends itself
     */
    boolean admitSlow(final HttpConnection connection, final long nowNs) {
        HttpConnection yielding = null;
        synchronized (this) {
            if (slow.size() >= Math.max(1, limit / 4)) {
                yielding = firstOfMost(slow, each -> nowNs - each.phaseNs() > GRACE_NS);
                if (yielding == null) {
                    return false;
                }
                slow.remove(yielding);
            }
            slow.add(connection);
        }
        if (yielding != null) {
            yielding.giveWay();
        }
        return true;
    }

    /** {@code connection} has its answer. */
    synchronized void answered(final HttpConnection connection) {
        slow.remove(connection);
    }

    synchronized void release(final HttpConnection connection) {
        streams.remove(connection);
        slow.remove(connection);
        open.remove(connection);
    }

    synchronized List<HttpConnection> all() {
        return new ArrayList<>(open);
    }

    private static int of(final Collection<HttpConnection> all, final String address) {
        int count = 0;
        for (final HttpConnection each : all) {
            count += each.address().equals(address) ? 1 : 0;
        }
        return count;
    }

    /** The oldest that may go, of the address with the most that may; null without any. */
    private static HttpConnection firstOfMost(
            final Collection<HttpConnection> all, final Predicate<HttpConnection> mayGo) {
        final Map<String, Integer> counts = new HashMap<>();
        for (final HttpConnection each : all) {
            if (mayGo.test(each)) {
                counts.merge(each.address(), 1, Integer::sum);
            }
        }
        HttpConnection first = null;
        for (final HttpConnection each : all) {
            if (mayGo.test(each)
                    && (first == null
                            || counts.get(each.address()) > counts.get(first.address()))) {
                first = each;
            }
        }
        return first;
    }
}
