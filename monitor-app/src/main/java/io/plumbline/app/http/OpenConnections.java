package io.plumbline.app.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections that are open, never more than the limit. When one more comes, the oldest that is
 * not being answered gives way: slow or idle clients cannot lock out one that asks something. Any
 * event loop.
 */
final class OpenConnections {
    private final int limit;
    private final Set<HttpConnection> open = new LinkedHashSet<>();
    private final Set<HttpConnection> streams = new HashSet<>();

    OpenConnections(final int limit) {
        this.limit = limit;
    }

    /** Lets {@code connection} in; false when all others are being answered. */
    boolean admit(final HttpConnection connection) {
        HttpConnection yielding = null;
        synchronized (this) {
            if (open.size() >= limit) {
                yielding = oldestNotAnswered();
                if (yielding == null) {
                    return false;
                }
                open.remove(yielding);
            }
            open.add(connection);
        }
        if (yielding != null) {
            yielding.giveWay();
        }
        return true;
    }

    /** Lets {@code connection} stay for events; false when half of all places are taken so. */
    synchronized boolean admitStream(final HttpConnection connection) {
        if (streams.size() >= Math.max(1, limit / 2)) {
            return false;
        }
        streams.add(connection);
        return true;
    }

    synchronized void release(final HttpConnection connection) {
        streams.remove(connection);
        open.remove(connection);
    }

    synchronized List<HttpConnection> all() {
        return new ArrayList<>(open);
    }

    private HttpConnection oldestNotAnswered() {
        for (final HttpConnection connection : open) {
            if (!connection.answering()) {
                return connection;
            }
        }
        return null;
    }
}
