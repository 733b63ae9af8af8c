package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.detect.Silence;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.market.SessionState;
import io.plumbline.time.SystemClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hub that has stopped to send data and goes on to ping: a record of SignalR, nothing else. */
class ProjectXMuteTest {
    private static final long MS = 1_000_000L;
    private static final long MUTE_NS = 2_500 * MS;
    private static final long SLACK_NS = 2_000 * MS;
    private static final long NEVER_NS = 3_600_000 * MS;

    @Test
    void shouldFindAHubMuteThatOnlyPings() throws Exception {
        final SystemClock clock = new SystemClock();
        final Venue venue = Venues.find("projectx");
        final Silence.Thresholds thresholds =
                new Silence.Thresholds(MUTE_NS, MUTE_NS, MUTE_NS, MUTE_NS, NEVER_NS);
        try (VenueStage stage = new VenueStage(new ProjectXWire(), clock, 7, NEVER_NS);
                VenueWatch watch =
                        new VenueWatch(
                                venue,
                                List.of("MNQ/USD:USD-260918", "6J/USD:USD-2609"),
                                venue.channels(),
                                stage.exchange.uri(),
                                clock,
                                thresholds)) {
            Await.until(watch::toString, () -> watch.all(SessionState.LIVE) && watch.moved(2));
            final InjectedFault mute = stage.start(FaultKind.MUTE_CONNECTION);
            watch.witness.forget();
            Await.until(watch::toString, () -> !watch.found("FEED_MUTE").isEmpty());
            final long afterMs = (clock.epochNanos() - mute.startedNs()) / MS;
            assertTrue(
                    afterMs >= MUTE_NS / MS - 100 && afterMs < (MUTE_NS + SLACK_NS) / MS,
                    afterMs + " ms");
            assertEquals(1, watch.witness.alive(), "its pings were heard meanwhile");
            assertTrue(watch.all(SessionState.LIVE), watch::toString);
            assertEquals(List.of("FEED_MUTE OPEN market"), watch.found("FEED_MUTE"));
            stage.end(mute);
            Await.until(watch::toString, () -> watch.found("FEED_MUTE").size() == 2);
            assertEquals(
                    List.of("FEED_MUTE OPEN market", "FEED_MUTE CLOSE market"),
                    watch.found("FEED_MUTE"));
            assertEquals(0, watch.witness.unparsed());
        }
    }
}
