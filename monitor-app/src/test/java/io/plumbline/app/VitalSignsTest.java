package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.app.http.Vitals;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedStatus;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VitalSignsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_795_435_200L * SECOND;

    /** A connection that is told how it is. */
    private static final class ToldFeed implements Feed {
        private SessionState state = SessionState.LIVE;

        @Override
        public String name() {
            return "venue/1";
        }

        @Override
        public void start() {}

        @Override
        public FeedStatus status() {
            return new FeedStatus(name(), state, "", START, START, 1);
        }

        @Override
        public void close() {}
    }

    private final Counters counters = new Counters();
    private final ToldFeed feed = new ToldFeed();
    private final VitalSigns signs = new VitalSigns(counters, List.of(feed));

    private void pass(final long fromS, final long toS) {
        for (long s = fromS; s < toS; s++) {
            signs.record(START + s * SECOND);
        }
    }

    @Test
    void shouldKnowNothingBeforeItLooked() {
        assertEquals(Vitals.NONE, signs.read(START));
    }

    @Test
    void shouldCountWhatHappenedSinceTheStart() {
        pass(0, 60);
        counters.add(CounterId.FEED_CONNECT_ATTEMPTS, 7);
        counters.add(CounterId.FEED_CONNECT_FAILURES, 2);
        counters.add(CounterId.FEED_DISCONNECTS, 4);
        counters.add(CounterId.FEED_ROTATIONS, 1);
        counters.add(CounterId.FEED_FRAMES, 1_000);
        counters.add(CounterId.ENGINE_UNPARSED, 10);
        feed.state = SessionState.CONNECTING;
        pass(60, 101);
        assertEquals(
                new Vitals(
                        100 * SECOND,
                        7,
                        2,
                        3,
                        1,
                        0,
                        Map.of("venue/1", 59 * SECOND),
                        100 * SECOND,
                        1_000,
                        10),
                signs.read(START + 100 * SECOND));
    }

    @Test
    void shouldForgetWhatIsOlderThanAnHour() {
        pass(0, 1);
        counters.add(CounterId.FEED_CONNECT_ATTEMPTS, 5);
        counters.add(CounterId.FEED_FRAMES, 50);
        pass(1, 3_000);
        counters.add(CounterId.FEED_CONNECT_ATTEMPTS, 3);
        pass(3_000, 4_001);
        final Vitals vitals = signs.read(START + 4_000 * SECOND);
        assertEquals(3_600 * SECOND, vitals.spanNs());
        assertEquals(3, vitals.attempts());
        assertEquals(300 * SECOND, vitals.recentNs());
        assertEquals(0, vitals.messages());
        assertEquals(Map.of("venue/1", 3_600 * SECOND), vitals.upNs());
    }
}
