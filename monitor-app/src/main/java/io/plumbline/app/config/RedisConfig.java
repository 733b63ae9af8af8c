package io.plumbline.app.config;

import io.plumbline.market.Rung;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One Redis and the price keys in it.
 *
 * @param name unique
 * @param place where it is
 * @param user ACL user; null for the default one
 * @param password {@link Secret#NONE} without one
 * @param trust PEM file of a private CA; null for the JDK's
 * @param required whether {@code run} refuses to start without it
 * @param rung the one rung to use; {@link Rung#NONE} to choose by probing
 * @param sampling pause between two samples of the sampling rung
 * @param sweep pause between two reconciling sweeps
 * @param keys at least one
 * @param told how it tells of every write
 * @param around what is watched beside the prices
 * @param health how its nodes are asked how they are
 */
public record RedisConfig(
        String name,
        RedisPlace place,
        String user,
        Secret password,
        Path trust,
        boolean required,
        Rung rung,
        Duration sampling,
        Duration sweep,
        List<KeyRule> keys,
        ToldConfig told,
        AroundConfig around,
        HealthConfig health) {

    public RedisConfig {
        keys = List.copyOf(keys);
    }

    /** The same with other keys. */
    public RedisConfig withKeys(final List<KeyRule> others) {
        return new RedisConfig(
                name, place, user, password, trust, required, rung, sampling, sweep, others, told,
                around, health);
    }
}
