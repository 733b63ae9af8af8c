package io.plumbline.market;

import io.plumbline.market.probe.Surroundings;

/**
 * Everything that the engine knows of the world, in one place: names (fixed at start) and what the
 * messages said so far. Owned by the engine thread.
 */
public final class MarketState {
    public final Sources sources;
    public final Instruments instruments;
    public final WatchedKeys keys;
    public final Subscriptions subscriptions;
    public final Sessions sessions;
    public final Sight sight;
    public final Streams streams = new Streams();
    public final Twins twins;
    public final Books books;
    public final References references;
    public final Freshness freshness = new Freshness();
    public final Observations observations;
    public final Holders holders;
    public final Surroundings surroundings = new Surroundings();

    /**
     * @param historyWindowNs how far back the versions of a reference price are kept
     */
    public MarketState(
            final Sources sources,
            final Instruments instruments,
            final WatchedKeys keys,
            final Subscriptions subscriptions,
            final long historyWindowNs) {
        this.sources = sources;
        this.instruments = instruments;
        this.keys = keys;
        this.subscriptions = subscriptions;
        this.sessions = new Sessions(sources);
        this.twins = new Twins(sources, sessions, streams);
        this.books = new Books(twins);
        this.sight = new Sight(sources, sessions);
        this.references = new References(historyWindowNs);
        this.observations = new Observations(keys.size());
        this.holders = new Holders(keys, sources);
    }
}
