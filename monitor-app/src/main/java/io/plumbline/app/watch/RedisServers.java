package io.plumbline.app.watch;

import io.plumbline.app.config.RedisConfig;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.RungChoice;
import io.plumbline.feed.redis.Secret;
import io.plumbline.market.Rung;

/** How a configured Redis is connected to. */
public final class RedisServers {
    private RedisServers() {}

    public static RedisSettings settings(final RedisConfig config) {
        final RedisSettings base = RedisSettings.parse(config.uri().toString());
        return base.withName(config.name())
                .withAccess(
                        new RedisSettings.Access(
                                config.user() == null ? "" : config.user(),
                                config.password().isGiven()
                                        ? Secret.of(config.password().reveal().toCharArray())
                                        : Secret.NONE,
                                base.access().tls(),
                                null,
                                base.access().clientName()))
                .withRung(rung(config.rung()))
                .withTiming(
                        base.timing()
                                .looking(config.sampling().toNanos(), config.sweep().toNanos()));
    }

    private static RungChoice rung(final Rung rung) {
        switch (rung) {
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
