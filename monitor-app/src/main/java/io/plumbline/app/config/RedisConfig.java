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
 * @param misnamed pause between two walks through all names, for those that a watched key was meant
 *     by; null for none
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
        Duration misnamed,
        ToldConfig told,
        AroundConfig around,
        HealthConfig health) {

    public RedisConfig {
        keys = List.copyOf(keys);
    }

    /** Whether names are walked through. */
    public boolean scansNames() {
        return misnamed != null && !keys.isEmpty();
    }

    /** Whether anything is read beside the prices. */
    public boolean isProbed() {
        return scansNames() || !around.isEmpty();
    }

    /** The same server under this name, with these keys and nothing beside them. */
    public RedisConfig observing(final String observer, final List<KeyRule> others) {
        return new RedisConfig(
                observer,
                place,
                user,
                password,
                trust,
                required,
                rung,
                sampling,
                sweep,
                others,
                null,
                ToldConfig.NONE,
                AroundConfig.NONE,
                health.off());
    }

    /** The same with other keys. */
    public RedisConfig withKeys(final List<KeyRule> others) {
        return new RedisConfig(
                name, place, user, password, trust, required, rung, sampling, sweep, others,
                misnamed, told, around, health);
    }
}
