package io.plumbline.app;

import io.netty.channel.EventLoopGroup;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.VenueConfig;
import io.plumbline.app.watch.RedisServers;
import io.plumbline.app.watch.Watch;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.redis.RedisFeed;
import io.plumbline.feed.rest.ReferenceFetcher;
import io.plumbline.feed.rest.ReferenceSettings;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.VenueLimits;
import io.plumbline.feed.websocket.TokenWatch;
import io.plumbline.feed.websocket.WebSocketFeed;
import io.plumbline.feed.websocket.WebSocketSettings;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.EpochNanoClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The feeds that a watch asks for. */
final class Feeds {
    /** We use at most this share of the connection attempts that a venue allows: a fifth. */
    private static final int BUDGET_SHARE = 5;

    private static final long REQUIRED_WITHIN_NS = 5_000_000_000L;
    private static final long POLL_NS = 20_000_000L;

    private final List<Feed> venues = new ArrayList<>();
    private final List<RedisFeed> redis = new ArrayList<>();
    private final ProbeRoom probes;
    private final RedisNodes nodes;
    private final DatabaseRoom databases;
    private final Map<String, TokenWatch> tokens = new LinkedHashMap<>();
    private final List<ReferenceFetcher> references = new ArrayList<>();
    private final Backfills backfills;
    private final BookRequests bookRequests;
    private final List<LatencyRecorder> recorders = new ArrayList<>();

    Feeds(
            final Watch watch,
            final FeedContext context,
            final EventLoopGroup loops,
            final Counters counters) {
        final Random random = new Random(context.clock().epochNanos());
        final Map<String, RequestBudget> connects = new HashMap<>();
        final Set<String> asked = new HashSet<>();
        final Map<Integer, WebSocketFeed> bySource = new HashMap<>();
        for (final Watch.VenueLink link : watch.venues()) {
            final VenueLimits limits = link.venue().limits();
            final RequestBudget budget =
                    connects.computeIfAbsent(
                            link.venue().name(),
                            name ->
                                    new RequestBudget(
                                            Math.max(1, limits.connectsPerWindow() / BUDGET_SHARE),
                                            limits.connectWindow().toNanos()));
            final Supplier<Venue.Access> access = access(link, context);
            final WebSocketFeed feed =
                    new WebSocketFeed(
                            link.venue(),
                            access,
                            link.plan(),
                            link.source(),
                            context,
                            loops,
                            settings(link.config()),
                            random,
                            budget);
            venues.add(feed);
            if (link.venue().snapshotsOnSubscribe()) {
                bySource.put(link.source(), feed);
            }
            if (link.config().exchangeInformation() && asked.add(link.venue().name())) {
                references.add(reference(watch, link, access, context, random));
            }
        }
        backfills = new Backfills(watch, context, random);
        bookRequests = new BookRequests(backfills, watch.state().subscriptions, bySource);
        for (final Watch.RedisLink link : watch.redis()) {
            final LatencyRecorder roundTrips =
                    new LatencyRecorder(Hop.REDIS_ROUND_TRIP, link.config().name(), counters);
            recorders.add(roundTrips);
            redis.add(
                    new RedisFeed(
                            RedisServers.settings(link.config()),
                            RedisServers.topology(link.config()),
                            link.source(),
                            link.keys().keys(),
                            link.keys().formats(),
                            context,
                            roundTrips));
        }
        probes = new ProbeRoom(watch, context);
        nodes = new RedisNodes(watch, context, counters);
        recorders.addAll(nodes.recorders());
        databases = new DatabaseRoom(watch, context);
    }

    /** What lets in at the venue: its token, read again while we run, or nothing. */
    private Supplier<Venue.Access> access(final Watch.VenueLink link, final FeedContext context) {
        final VenueConfig config = link.config();
        return !config.token().isGiven()
                ? () -> Venue.Access.NONE
                : tokens.computeIfAbsent(
                                link.venue().name(),
                                name ->
                                        new TokenWatch(
                                                link.venue(),
                                                config.token().reveal().strip(),
                                                config.token()::readAgain,
                                                link.source(),
                                                context,
                                                TokenWatch.EVERY))
                        ::access;
    }

    private static ReferenceFetcher reference(
            final Watch watch,
            final Watch.VenueLink link,
            final Supplier<Venue.Access> access,
            final FeedContext context,
            final Random random) {
        return new ReferenceFetcher(
                link.venue(),
                link.config().rest(),
                access,
                link.source(),
                watch.instrumentsOf(link.venue().name()),
                context,
                ReferenceSettings.defaults().trusting(link.config().trust()),
                random);
    }

    private static WebSocketSettings settings(final VenueConfig config) {
        WebSocketSettings settings = WebSocketSettings.defaults();
        if (config.trust() != null) {
            settings = settings.trusting(config.trust());
        }
        return config.rotateAfter() == null
                ? settings
                : settings.with(
                        new WebSocketSettings.Rotation(
                                config.rotateAfter(), settings.rotation().overlap()));
    }

    /** Starts all of them; none waits for what is outside. */
    void start() {
        tokens.values().forEach(TokenWatch::start);
        redis.forEach(Feed::start);
        probes.start();
        nodes.start();
        databases.start();
        venues.forEach(Feed::start);
        references.forEach(ReferenceFetcher::start);
        backfills.start();
    }

    void close() {
        backfills.close();
        references.forEach(ReferenceFetcher::close);
        venues.forEach(Feed::close);
        databases.close();
        nodes.close();
        probes.close();
        redis.forEach(Feed::close);
        tokens.values().forEach(TokenWatch::close);
    }

    /** Waits a little for each Redis that is required. */
    void awaitRequired(final List<RedisConfig> configs, final EpochNanoClock clock)
            throws CannotStartException {
        for (int i = 0; i < redis.size(); i++) {
            final RedisConfig config = configs.get(i);
            final long deadlineNs = clock.epochNanos() + REQUIRED_WITHIN_NS;
            while (config.required() && redis.get(i).status().state() != SessionState.LIVE) {
                if (clock.epochNanos() > deadlineNs) {
                    throw new CannotStartException(
                            "Redis "
                                    + config.name()
                                    + " at "
                                    + config.place()
                                    + " does not answer ("
                                    + redis.get(i).status().detail()
                                    + "): start it, correct where it is, or set required: false");
                }
                LockSupport.parkNanos(this, POLL_NS);
            }
        }
    }

    List<Feed> venues() {
        return List.copyOf(venues);
    }

    List<RedisFeed> redis() {
        return List.copyOf(redis);
    }

    /** Where every feed stands: venues first. */
    List<FeedStatus> statuses() {
        return Stream.concat(
                        venues.stream().map(Feed::status),
                        redis.stream().flatMap(server -> server.statuses().stream()))
                .toList();
    }

    ProbeRoom probes() {
        return probes;
    }

    DatabaseRoom databases() {
        return databases;
    }

    RedisNodes nodes() {
        return nodes;
    }

    BookRequests bookRequests() {
        return bookRequests;
    }

    Backfills backfills() {
        return backfills;
    }

    List<LatencyRecorder> recorders() {
        return recorders;
    }
}
