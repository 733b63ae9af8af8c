package io.plumbline.feed.websocket;

import io.plumbline.feed.venue.Dialogue;
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
    private static final long UNSENT = -1;
    private static final long ANSWERED = -2;

    private final List<Dialogue.Request> requests;
    private final long[] sentNs;
    private final int[] awaited;
    private final int streams;
    private final Set<String> silent;
    private int sent;
    private int answered;

    Subscriptions(final Dialogue dialogue, final Venue.ConnectionPlan plan) {
        requests = dialogue.requests(plan.streams());
        sentNs = new long[requests.size()];
        Arrays.fill(sentNs, UNSENT);
        awaited = requests.stream().mapToInt(Dialogue.Request::answers).toArray();
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

    /** The next request to send, or null when all are out or a handshake must be answered first. */
    String unsent() {
        final boolean waits = sent > 0 && requests.get(sent - 1).alone() && isOpen(sent - 1);
        return sent < requests.size() && !waits ? requests.get(sent).text() : null;
    }

    void sent(final long nowNs) {
        final int index = sent++;
        sentNs[index] = nowNs;
        if (awaited[index] == 0) {
            close(index);
        }
    }

    /**
     * The venue answered request {@code id}. An answer without a known number belongs to the oldest
     * open request: venues answer in order, and some refuse without repeating the number.
     *
     * @return the request as it was sent, shortened, or "" where none was open
     */
    String answered(final int id) {
        final int named = id - Dialogue.FIRST_ID;
        final int index = isOpen(named) ? named : oldestOpen();
        if (index < 0) {
            return "";
        }
        if (--awaited[index] <= 0) {
            close(index);
        }
        return shown(index);
    }

    private void close(final int index) {
        sentNs[index] = ANSWERED;
        answered++;
    }

    boolean allAnswered() {
        return answered == requests.size();
    }

    /** The oldest request that was sent before {@code deadlineNs} and not answered, or null. */
    String overdue(final long deadlineNs) {
        final int index = oldestOpen();
        return index >= 0 && sentNs[index] <= deadlineNs
                ? (index + Dialogue.FIRST_ID) + " of " + requests.size() + " " + shown(index)
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
        return PeerText.printable(requests.get(index).text());
    }
}
