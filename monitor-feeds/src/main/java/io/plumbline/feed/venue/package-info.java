/**
 * What the monitor knows of the exchanges: one file per venue, listed in {@link
 * io.plumbline.feed.venue.Venues}. Venues of one family share package-private parts (for example
 * {@code BinanceVenue}); no shared code ever asks for a venue's name to decide what to do.
 *
 * <p>A venue is facts, not state: its decoders are made per source and run on the engine thread,
 * its peeks run on I/O threads, everything else is cold.
 */
package io.plumbline.feed.venue;
