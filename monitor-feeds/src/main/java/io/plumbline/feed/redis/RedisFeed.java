package io.plumbline.feed.redis;

import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.LatencyRecorder;
import java.util.List;

/**
 * Observes the watched keys of one Redis. Reads only; the package's page has the drawing. What is
 * done at a node is {@link NodeObserver}'s.
 */
public final class RedisFeed implements Feed {
    private final NodeObserver observer;

    /**
     * @param source the id of this server in {@code Sources}
     * @param keys the keys of this server, all of them and no others
     * @param formatsByKeyId how each key's value is read
     * @param roundTrips takes every data round trip; may be shared
     */
    public RedisFeed(
            final RedisSettings settings,
            final int source,
            final WatchedKeys keys,
            final List<ValueFormat> formatsByKeyId,
            final FeedContext context,
            final LatencyRecorder roundTrips) {
        check(settings, keys, formatsByKeyId);
        observer =
                new NodeObserver(
                        settings,
                        NodeFinder.fixed(settings.node()),
                        source,
                        keys,
                        formatsByKeyId,
                        context,
                        roundTrips);
    }

    private static void check(
            final RedisSettings settings,
            final WatchedKeys keys,
            final List<ValueFormat> formatsByKeyId) {
        if (formatsByKeyId.size() != keys.size()) {
            throw new IllegalArgumentException(
                    keys.size() + " keys, but " + formatsByKeyId.size() + " value formats");
        }
        if (keys.size() == 0) {
            throw new IllegalArgumentException(
                    "Redis '" + settings.name() + "': no keys to watch, name some or remove it");
        }
        for (final WatchedKeys.WatchedKey key : keys.all()) {
            if (RedisLink.bytes(key.name()).length > RedisObservation.LONGEST_KEY) {
                throw new IllegalArgumentException(
                        "Redis key of "
                                + key.name().length()
                                + " characters: at most "
                                + RedisObservation.LONGEST_KEY
                                + " bytes can be watched: "
                                + key.name().substring(0, 64)
                                + "...");
            }
        }
    }

    @Override
    public String name() {
        return observer.name();
    }

    @Override
    public void start() {
        observer.start();
    }

    @Override
    public FeedStatus status() {
        return observer.status();
    }

    /** By which rung it looks and why not by a better one: any thread. */
    public RedisProbe probe() {
        return observer.probe();
    }

    @Override
    public void close() {
        observer.close();
    }
}
