package io.plumbline.detect;

import io.plumbline.market.BookAction;
import io.plumbline.market.Channel;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Sources;
import java.util.Map;
import java.util.TreeMap;

/** Market events counted by source and channel: the summary of a replay. Engine thread. */
public final class EventTally {
    private static final int CHANNELS = Channel.values().length;

    private final Sources sources;
    private final long[] counts;

    public EventTally(final Sources sources) {
        this.sources = sources;
        counts = new long[sources.size() * CHANNELS];
    }

    void count(final MarketEvent event) {
        final Channel channel =
                event.channel == Channel.DEPTH && event.book == BookAction.SNAPSHOT
                        ? Channel.DEPTH_SNAPSHOT
                        : event.channel;
        counts[event.source * CHANNELS + channel.ordinal()]++;
    }

    /** Venue to channel label to number of events, sorted by name. */
    public Map<String, Map<String, Long>> byVenue() {
        final Map<String, Map<String, Long>> venues = new TreeMap<>();
        for (final Sources.Source source : sources.all()) {
            for (final Channel channel : Channel.values()) {
                final long count = counts[source.id() * CHANNELS + channel.ordinal()];
                if (count > 0) {
                    venues.computeIfAbsent(source.venue(), v -> new TreeMap<>())
                            .merge(channel.label(), count, Long::sum);
                }
            }
        }
        return venues;
    }
}
