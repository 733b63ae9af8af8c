package io.plumbline.feed.rest;

import io.plumbline.feed.venue.RestRequest;
import io.plumbline.feed.venue.Venue;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A venue's list of instruments as its REST interface tells it, page by page. The thread that
 * fetches it waits; {@link #cancel} from another ends the waiting.
 */
public final class InstrumentList {
    /** Pages of one list that are followed at most. */
    private static final int MOST_PAGES = 64;

    private final Venue venue;
    private final Supplier<List<RestRequest>> requests;
    private final RestClient client;
    private volatile boolean cancelled;

    /**
     * @param requests what to ask for the list now; empty where the venue does not tell
     */
    public InstrumentList(
            final Venue venue,
            final Supplier<List<RestRequest>> requests,
            final ReferenceSettings settings,
            final EpochNanoClock clock) {
        this.venue = venue;
        this.requests = requests;
        this.client = new RestClient(settings, clock);
    }

    /** Whether there is such a list. */
    public boolean isOffered() {
        return !requests.get().isEmpty();
    }

    /** Where it is asked for. */
    public String host() {
        return requests.get().get(0).uri().getHost();
    }

    /**
     * The whole list, in the venue's order.
     *
     * @throws RestClient.Refused where the venue answers with something else
     * @throws IOException where it cannot be had or read
     */
    public List<Venue.Reference> fetch() throws IOException {
        final List<Venue.Reference> listed = new ArrayList<>();
        for (final RestRequest first : requests.get()) {
            RestRequest request = first;
            for (int page = 0; request != null && page < MOST_PAGES && !cancelled; page++) {
                final RestRequest asked = request;
                final Venue.ReferencePage answer =
                        client.ask(asked, body -> venue.references(asked, body));
                listed.addAll(answer.listed());
                request = answer.next();
            }
        }
        return listed;
    }

    /** Ends the fetch that is under way, and all that follow. Any thread. */
    public void cancel() {
        cancelled = true;
        client.cancel();
    }
}
