package io.plumbline.feed.websocket;

import io.plumbline.feed.venue.Venue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one connection asked for: requests in order, which of them were sent and answered, and which
 * streams have shown data. Data may precede the answers, so the two are counted apart. Event loop
 * only.
 */
final class Subscriptions {
    /** Requests are numbered from here, anew on every connection. */
    static final int FIRST_ID = 1;

    private static final long UNSENT = -1;
    private static final long ANSWERED = -2;
    private static final int SHOWN_CHARACTERS = 160;

    private final List<String> requests;
    private final long[] sentNs;
    private final int streams;
    private final Set<String> silent;
    private int sent;
    private int answered;

    Subscriptions(final Venue venue, final Venue.ConnectionPlan plan) {
        requests = venue.subscribe(plan.streams(), FIRST_ID);
        sentNs = new long[requests.size()];
        Arrays.fill(sentNs, UNSENT);
        silent = new HashSet<>(plan.streams());
        streams = silent.size();
    }

    int requests() {
        return requests.size();
    }

    int streams() {
        return streams;
    }

    int streamsWithData() {
        return streams - silent.size();
    }

    /** The next request to send, or null when all are out. */
    String unsent() {
        return sent < requests.size() ? requests.get(sent) : null;
    }

    void sent(final long nowNs) {
        sentNs[sent++] = nowNs;
    }

    /**
     * The venue answered request {@code id}. An answer without a known number belongs to the oldest
     * open request: venues answer in order, and some refuse without repeating the number.
     *
     * @return the request as it was sent, shortened, or "" where none was open
     */
    String answered(final int id) {
        final int named = id - FIRST_ID;
        final int index = isOpen(named) ? named : oldestOpen();
        if (index < 0) {
            return "";
        }
        sentNs[index] = ANSWERED;
        answered++;
        return shown(index);
    }

    boolean allAnswered() {
        return answered == requests.size();
    }

    /** The oldest request that was sent before {@code deadlineNs} and not answered, or null. */
    String overdue(final long deadlineNs) {
        final int index = oldestOpen();
        return index >= 0 && sentNs[index] <= deadlineNs
                ? (index + FIRST_ID) + " of " + requests.size() + " " + shown(index)
                : null;
    }

    boolean awaitsData() {
        return !silent.isEmpty();
    }

    /** A frame of this stream arrived; null for one that cannot be told. */
    void data(final String stream) {
        silent.remove(stream);
    }

    private boolean isOpen(final int index) {
        return index >= 0 && index < sent && sentNs[index] != ANSWERED;
    }

    private int oldestOpen() {
        for (int i = 0; i < sent; i++) {
            if (sentNs[i] != ANSWERED) {
                return i;
            }
        }
        return -1;
    }

    private String shown(final int index) {
        final String request = requests.get(index);
        return request.length() <= SHOWN_CHARACTERS
                ? request
                : request.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
