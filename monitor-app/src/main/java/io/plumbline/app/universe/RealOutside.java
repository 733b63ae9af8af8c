package io.plumbline.app.universe;

import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.VenueConfig;
import io.plumbline.app.watch.RedisServers;
import io.plumbline.feed.redis.KeyPattern;
import io.plumbline.feed.redis.KeyScan;
import io.plumbline.feed.rest.InstrumentList;
import io.plumbline.feed.rest.ReferenceSettings;
import io.plumbline.feed.venue.Venue;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The venues' REST interfaces and the Redis servers themselves, each with a short deadline. */
public final class RealOutside implements Outside, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(3);
    private static final Duration WHOLE = Duration.ofSeconds(10);

    private final EpochNanoClock clock;
    private volatile InstrumentList asked;
    private volatile boolean closed;

    public RealOutside(final EpochNanoClock clock) {
        this.clock = clock;
    }

    @Override
    public List<Venue.Reference> instruments(final Venue venue, final VenueConfig config)
            throws IOException {
        final Venue.Access access =
                config.token().isGiven()
                        ? venue.access(config.token().reveal().strip())
                        : Venue.Access.NONE;
        final ReferenceSettings usual = ReferenceSettings.defaults();
        final InstrumentList list =
                new InstrumentList(
                        venue,
                        () -> venue.referenceRequests(config.rest(), access),
                        new ReferenceSettings(
                                null,
                                CONNECT,
                                READ,
                                WHOLE,
                                usual.maxBytes(),
                                usual.base(),
                                usual.cap(),
                                usual.refusalHold(),
                                config.trust()),
                        clock);
        if (!list.isOffered()) {
            throw new IOException("it does not tell what it lists: write its symbols out");
        }
        asked = list;
        if (closed) {
            throw new IOException("the monitor stops");
        }
        try {
            return list.fetch();
        } catch (final IOException | RuntimeException e) {
            throw new IOException("its list of instruments at " + list.host() + ": " + e, e);
        }
    }

    @Override
    public Set<String> symbols(final RedisConfig server, final String pattern, final int most)
            throws IOException {
        return KeyScan.symbols(
                RedisServers.settings(server),
                RedisServers.topology(server),
                KeyPattern.parse(pattern),
                most,
                WHOLE.toNanos(),
                clock);
    }

    /** Ends the request that is under way. Any thread. */
    @Override
    public void close() {
        closed = true;
        final InstrumentList list = asked;
        if (list != null) {
            list.cancel();
        }
    }
}
