package io.plumbline.feed;

import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.Threads;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;

/**
 * What every feed is given.
 *
 * @param clock the clock for stamps
 * @param inbound the door into the ring
 * @param counters where operational facts are counted
 * @param threads makes the feed's own threads; the composition root names and tracks them
 */
public record FeedContext(
        EpochNanoClock clock, Inbound inbound, Counters counters, Threads threads) {}
