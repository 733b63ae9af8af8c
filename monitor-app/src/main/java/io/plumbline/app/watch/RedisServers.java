package io.plumbline.app.watch;

import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.RedisPlace;
import io.plumbline.app.config.ToldConfig;
import io.plumbline.feed.redis.KeyPattern;
import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisOffers;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.RungChoice;
import io.plumbline.feed.redis.Secret;
import io.plumbline.feed.redis.Topology;
import io.plumbline.feed.redis.WriterEntry;
import io.plumbline.market.Rung;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How a configured Redis is connected to. */
public final class RedisServers {
    private RedisServers() {}

    /** How a node of it is reached: the only one, or any of those that {@link #topology} finds. */
    public static RedisSettings settings(final RedisConfig config) {
        final RedisPlace place = config.place();
        RedisSettings base = RedisSettings.parse("redis://127.0.0.1");
        boolean tls = false;
        if (place instanceof RedisPlace.Server server) {
            base = RedisSettings.parse(server.uri().toString());
            tls = base.access().tls();
        } else if (place instanceof RedisPlace.Sentinels sentinels) {
            base = RedisSettings.parse("redis://127.0.0.1/" + sentinels.database());
            tls = sentinels.tls();
        } else if (place instanceof RedisPlace.Cluster cluster) {
            base = base.at(RedisNode.parse(cluster.nodes().get(0)));
            tls = cluster.tls();
        }
        return base.withName(config.name())
                .withAccess(access(config.user(), config.password(), tls, config.trust()))
                .withRung(rung(config.rung()))
                .withOffers(offers(config.told()))
                .withTiming(
                        base.timing()
                                .looking(config.sampling().toNanos(), config.sweep().toNanos()));
    }

    private static RedisOffers offers(final ToldConfig told) {
        final ToldConfig.Source stream = told.stream();
        final ToldConfig.Source channel = told.channel();
        return new RedisOffers(
                told.replicationTap(),
                stream == null ? null : new RedisOffers.Stream(stream.name(), entry(stream)),
                channel == null ? null : new RedisOffers.Channel(channel.name(), entry(channel)));
    }

    private static WriterEntry entry(final ToldConfig.Source source) {
        return new WriterEntry(
                source.key(),
                source.symbol(),
                source.pattern().isEmpty() ? null : KeyPattern.parse(source.pattern()),
                source.value(),
                source.sequence(),
                source.perKey());
    }

    /** How its nodes belong together. */
    public static Topology topology(final RedisConfig config) {
        if (config.place() instanceof RedisPlace.Sentinels at) {
            return new Topology.Sentinels(
                    at.master(),
                    nodes(at.nodes()),
                    access(
                            at.user(),
                            at.password(),
                            at.tls(),
                            at.trust() == null ? config.trust() : at.trust()));
        }
        return config.place() instanceof RedisPlace.Cluster at
                ? new Topology.Cluster(nodes(at.nodes()), at.maxNodes())
                : new Topology.Standalone();
    }

    private static List<RedisNode> nodes(final List<String> addresses) {
        return addresses.stream().map(RedisNode::parse).toList();
    }

    private static RedisSettings.Access access(
            final String user,
            final io.plumbline.app.config.Secret password,
            final boolean tls,
            final Path trust) {
        return new RedisSettings.Access(
                user == null ? "" : user,
                password.isGiven()
                        ? Secret.renewed(password.reveal().toCharArray(), () -> again(password))
                        : Secret.NONE,
                tls,
                trust,
                RedisSettings.Access.OPEN.clientName());
    }

    /** The password as its file or the environment has it now; null where it cannot be had. */
    private static char[] again(final io.plumbline.app.config.Secret password) {
        try {
            return password.readAgain().toCharArray();
        } catch (final IOException gone) {
            return null;
        }
    }

    private static RungChoice rung(final Rung rung) {
        switch (rung) {
            case REPLICATION:
                return RungChoice.REPLICATION;
            case STREAM:
                return RungChoice.STREAM;
            case CHANNEL:
                return RungChoice.CHANNEL;
            case NOTIFICATION:
                return RungChoice.NOTIFICATION;
            case TRACKING:
                return RungChoice.TRACKING;
            case SAMPLING:
                return RungChoice.SAMPLING;
            default:
                return RungChoice.AUTO;
        }
    }
}
