package io.plumbline.app.watch;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.DatabaseConfig;
import io.plumbline.app.config.HealthConfig;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.VenueConfig;
import io.plumbline.feed.probe.ProbeDecoder;
import io.plumbline.feed.redis.ValueFormat;
import io.plumbline.feed.redis.health.NodeRefinement;
import io.plumbline.feed.venue.BackfillDecoder;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.VenueCatalogue;
import io.plumbline.market.Channel;
import io.plumbline.market.Field;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.market.naming.KeyNames;
import io.plumbline.market.probe.NamesRule;
import io.plumbline.market.probe.NodeRule;
import io.plumbline.market.probe.TableRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that is watched, with dense ids, in the order of the configuration: the same
 * configuration gives the same ids, so a journal is read with the ids it was written with.
 */
public final class Watch {
    /** What the source of a server's health is called after the server. */
    private static final String HEALTH = "/health";

    /** One connection to a venue. */
    public record VenueLink(
            Venue venue, VenueConfig config, Venue.ConnectionPlan plan, int source) {}

    /**
     * One Redis with its keys; its parts have ids one after another from {@code source}.
     *
     * @param names the same keys by what a writer may call them; none where nobody looks
     * @param probes the source of its probes, -1 without any
     */
    public record RedisLink(
            RedisConfig config, int source, ServerKeys keys, KeyNames names, int probes) {}

    /** One database that is compared with Redis. */
    public record DatabaseLink(DatabaseConfig config, int source) {}

    /** One Redis whose nodes are asked how they are. */
    public record HealthLink(RedisLink redis, int source) {}

    /** One channel of one instrument, and the streams that carry it. */
    private record Lane(int instrument, Channel channel, List<String> streams) {}

    private final Config config;
    private final VenueCatalogue catalogue;
    private final Sources sources = new Sources();
    private final Instruments instruments = new Instruments();
    private final WatchedKeys keys = new WatchedKeys();
    private final Subscriptions subscriptions = new Subscriptions();
    private final List<VenueLink> venues = new ArrayList<>();
    private final List<RedisLink> redis = new ArrayList<>();
    private final List<HealthLink> health = new ArrayList<>();
    private final List<DatabaseLink> databases = new ArrayList<>();
    private final List<Integer> dated = new ArrayList<>();
    private final MarketState state;

    public Watch(final Config config) {
        this.config = config;
        this.catalogue = config.catalogue();
        config.venues().forEach(this::addVenue);
        config.redis().forEach(this::addRedis);
        redis.forEach(this::addHealth);
        for (final DatabaseConfig database : config.databases()) {
            final int source = sources.addProbe("database/" + database.name());
            databases.add(new DatabaseLink(database, source));
        }
        state =
                new MarketState(
                        sources,
                        instruments,
                        keys,
                        subscriptions,
                        config.detectors().price().window().toNanos());
        redis.forEach(this::addAround);
        redis.forEach(this::addNames);
        health.forEach(this::addNodes);
        addTables();
        for (final WatchedKeys.WatchedKey key : keys.all()) {
            final String venue = instruments.instrument(key.instrument()).venue();
            state.references.watch(
                    key.instrument(), key.field(), lastChannel(config.venue(venue).channels()));
        }
        for (final int id : dated) {
            final WatchedKeys.WatchedKey key = keys.key(id);
            state.references.keepVenueTimes(key.instrument(), key.field());
        }
        state.references.witness(subscriptions);
    }

    private void addVenue(final VenueConfig venueConfig) {
        final Venue venue = catalogue.find(venueConfig.name());
        final List<String> symbols = new ArrayList<>();
        for (final String symbol : venueConfig.symbols()) {
            symbols.add(venue.toVenueSymbol(symbol));
            instruments.add(venue.name(), symbol, venue.toVenueSymbol(symbol));
        }
        if (symbols.isEmpty()) {
            return;
        }
        final Set<Channel> channels = EnumSet.copyOf(venueConfig.channels());
        final List<Lane> lanes = lanes(venue, symbols, channels);
        for (final Venue.ConnectionPlan plan :
                venue.plan(symbols, channels, venueConfig.endpoint())) {
            if (venueConfig.connections() == 1) {
                addConnection(venue, venueConfig, plan, lanes);
            } else {
                sources.pair(
                        addConnection(venue, venueConfig, twin(plan, "-a"), lanes),
                        addConnection(venue, venueConfig, twin(plan, "-b"), lanes));
            }
        }
    }

    private List<Lane> lanes(
            final Venue venue, final List<String> symbols, final Set<Channel> channels) {
        final List<Lane> lanes = new ArrayList<>(symbols.size() * channels.size());
        for (final Channel channel : channels) {
            for (final String symbol : symbols) {
                final byte[] name = symbol.getBytes(StandardCharsets.UTF_8);
                lanes.add(
                        new Lane(
                                instruments.find(venue.name(), name, 0, name.length),
                                channel,
                                venue.plan(List.of(symbol), EnumSet.of(channel), null)
                                        .get(0)
                                        .streams()));
            }
        }
        return lanes;
    }

    private static Venue.ConnectionPlan twin(final Venue.ConnectionPlan plan, final String suffix) {
        return new Venue.ConnectionPlan(plan.connection() + suffix, plan.uri(), plan.streams());
    }

    private int addConnection(
            final Venue venue,
            final VenueConfig venueConfig,
            final Venue.ConnectionPlan plan,
            final List<Lane> lanes) {
        final int source = sources.addVenue(venue.name(), plan.connection());
        venues.add(new VenueLink(venue, venueConfig, plan, source));
        final Set<String> streams = new HashSet<>(plan.streams());
        for (final Lane lane : lanes) {
            if (streams.containsAll(lane.streams)) {
                subscriptions.add(source, lane.instrument, lane.channel);
            }
        }
        return source;
    }

    private void addRedis(final RedisConfig redisConfig) {
        final int parts = redisConfig.place().parts();
        final int source =
                parts == 1
                        ? sources.addRedis(redisConfig.name())
                        : sources.addRedis(redisConfig.name(), parts);
        final ServerKeys served = new ServerKeys();
        final int probes = redisConfig.isProbed() ? sources.addProbe(redisConfig.name()) : -1;
        redis.add(new RedisLink(redisConfig, source, served, new KeyNames(), probes));
        for (final KeyRule rule : redisConfig.keys()) {
            for (final String symbol : rule.symbols()) {
                final WatchedKeys.WatchedKey key =
                        new WatchedKeys.WatchedKey(
                                keys.size(),
                                rule.key(symbol),
                                source,
                                instruments.find(rule.venue(), symbol),
                                rule.reference(),
                                rule.lagBudget().toNanos(),
                                rule.closeLag().toNanos(),
                                rule.tolerance().ticks(),
                                rule.tolerance().bpsDecimal(),
                                rule.ttl().expected(),
                                rule.ttl().shortest().toNanos(),
                                rule.writer());
                keys.add(key);
                final ValueFormat format = ValueFormat.parse(rule.format().toString());
                served.add(key, format);
                if (!format.time().isEmpty()) {
                    dated.add(key.id());
                }
            }
        }
    }

    /** What a writer may call the keys of this server by mistake. */
    private void addNames(final RedisLink link) {
        if (!link.config.scansNames()) {
            return;
        }
        final List<Integer> ids = new ArrayList<>();
        for (final WatchedKeys.WatchedKey key : keys.all()) {
            if (key.source() == link.source) {
                final String symbol = instruments.instrument(key.instrument()).symbol();
                link.names.add(key.name(), symbol, SymbolForms.of(symbol, catalogue));
                ids.add(key.id());
            }
        }
        state.surroundings.names.add(new NamesRule(link.probes, link.names, ids));
    }

    /** With several servers, what stands beside the prices is named with its server. */
    private void addAround(final RedisLink link) {
        AroundRules.add(
                link.config.around(),
                link.probes,
                name -> redis.size() == 1 ? name : name + " in redis/" + link.config.name(),
                state.surroundings);
    }

    /** Keeps every price of every instrument that its channels may tell, whatever keys carry. */
    public void watchEveryField() {
        for (int id = 0; id < instruments.size(); id++) {
            final String venue = instruments.instrument(id).venue();
            for (final Field field : Field.values()) {
                state.references.watch(id, field, lastChannel(config.venue(venue).channels()));
            }
        }
    }

    /** After all others, so that journals from before there was such a source keep their ids. */
    private void addHealth(final RedisLink link) {
        if (link.config.health().enabled()) {
            final int source = sources.addProbe(link.config.name() + HEALTH);
            health.add(new HealthLink(link, source));
        }
    }

    private void addTables() {
        final DatabaseTables tables = new DatabaseTables(config, instruments, keys);
        for (final DatabaseLink link : databases) {
            state.surroundings.tables.addAll(tables.rules(link.config, link.source));
        }
        for (final TableRule table : state.surroundings.tables) {
            for (final TableRule.Row row : table.rows()) {
                final String venue = instruments.instrument(row.instrument()).venue();
                state.references.watch(
                        row.instrument(), row.field(), lastChannel(config.venue(venue).channels()));
            }
        }
    }

    private void addNodes(final HealthLink link) {
        final HealthConfig limits = link.redis.config.health();
        state.surroundings.nodes.add(
                new NodeRule(
                        link.source,
                        link.redis.source,
                        sources.source(link.redis.source).name(),
                        limits.ping().toNanos(),
                        limits.memoryPercent(),
                        limits.evictions(),
                        limits.replicaLag().toNanos(),
                        limits.replicaBytes()));
    }

    /** Trades, aggregated where they are subscribed so: the channel of {@link Field#LAST}. */
    private static Channel lastChannel(final List<Channel> channels) {
        if (channels.contains(Channel.AGG_TRADE)) {
            return Channel.AGG_TRADE;
        }
        return channels.contains(Channel.TRADE) ? Channel.TRADE : Channel.TICKER;
    }

    /** New decoders, by source id. */
    public MessageDecoder[] decoders() {
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        for (final VenueLink link : venues) {
            decoders[link.source] =
                    BackfillDecoder.of(link.venue, instruments, Venue.UnknownSymbols.IGNORE);
        }
        for (final RedisLink link : redis) {
            for (int part = 0; part < sources.parts(link.source); part++) {
                decoders[link.source + part] = link.keys;
            }
            if (link.probes >= 0) {
                decoders[link.probes] = AroundRules.decoder(link.config.around());
            }
        }
        for (final DatabaseLink link : databases) {
            decoders[link.source] = new ProbeDecoder();
        }
        for (final HealthLink link : health) {
            decoders[link.source] = new ProbeDecoder(new NodeRefinement());
        }
        return decoders;
    }

    public Config config() {
        return config;
    }

    public Sources sources() {
        return sources;
    }

    public Instruments instruments() {
        return instruments;
    }

    /** The instruments of one venue. */
    public List<Instruments.Instrument> instrumentsOf(final String venue) {
        final List<Instruments.Instrument> all = new ArrayList<>();
        for (int id = 0; id < instruments.size(); id++) {
            if (instruments.instrument(id).venue().equals(venue)) {
                all.add(instruments.instrument(id));
            }
        }
        return all;
    }

    public WatchedKeys keys() {
        return keys;
    }

    public MarketState state() {
        return state;
    }

    public List<VenueLink> venues() {
        return List.copyOf(venues);
    }

    public List<DatabaseLink> databases() {
        return List.copyOf(databases);
    }

    public List<HealthLink> health() {
        return List.copyOf(health);
    }

    public List<RedisLink> redis() {
        return List.copyOf(redis);
    }

    /** The payload of a SOURCES record: a line {@code id name} per source. */
    public byte[] sourcesRecord() {
        final StringBuilder lines = new StringBuilder();
        for (final Sources.Source source : sources.all()) {
            lines.append(source.id()).append(' ').append(source.name()).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
