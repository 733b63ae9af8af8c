package io.plumbline.app.profile;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.KeyFormat;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.VenueConfig;
import io.plumbline.feed.redis.FormatGuess;
import io.plumbline.feed.redis.FoundKey;
import io.plumbline.feed.redis.ValueFormat;
import io.plumbline.market.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is watched to find out what keys carry: each key under each format that it may have. A
 * server is observed once for the first format of all keys, once more for those that may have a
 * second, and so on.
 */
public final class ProfilePlan {
    /** The most pairs of key and format; keys beyond are told and not watched. */
    public static final int MOST = 20_000;

    /** One key of one server under one format; in the order of the ids of the watched keys. */
    public record Candidate(String redis, FoundKey key, ValueFormat format) {}

    /** A key that is not watched, and why. */
    public record Unread(String redis, String key, String why) {}

    private static final Duration ANY = Duration.ofMillis(250);

    private final Config asked;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();
    private final List<RedisConfig> observers = new ArrayList<>();

    /**
     * @param asked whose venues and servers are watched; every symbol is named
     * @param found the keys of each server, by its name
     */
    public ProfilePlan(final Config asked, final Map<String, List<FoundKey>> found) {
        this.asked = asked;
        final VenueConfig any =
                asked.venues().stream()
                        .filter(venue -> !venue.symbols().isEmpty())
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no symbol is watched"));
        for (final RedisConfig server : asked.redis()) {
            observe(server, found.getOrDefault(server.name(), List.of()), any);
        }
    }

    private void observe(
            final RedisConfig server, final List<FoundKey> found, final VenueConfig any) {
        final List<List<ValueFormat>> formats = new ArrayList<>();
        for (final FoundKey key : found) {
            final List<ValueFormat> possible =
                    key.name().contains(KeyRule.SYMBOL) ? List.of() : FormatGuess.of(key);
            formats.add(possible);
            if (possible.isEmpty()) {
                unread.add(new Unread(server.name(), key.name(), why(key)));
            }
        }
        for (int layer = 0; layer < FormatGuess.MOST; layer++) {
            final List<KeyRule> rules = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                if (layer >= formats.get(i).size()) {
                    continue;
                }
                if (candidates.size() >= MOST) {
                    unread.add(
                            new Unread(
                                    server.name(),
                                    found.get(i).name(),
                                    "more than can be watched"));
                    continue;
                }
                final ValueFormat format = formats.get(i).get(layer);
                candidates.add(new Candidate(server.name(), found.get(i), format));
                rules.add(rule(found.get(i).name(), format, any));
            }
            if (!rules.isEmpty()) {
                observers.add(
                        server.observing(
                                server.name() + (layer == 0 ? "" : " " + (layer + 1)), rules));
            }
        }
    }

    private static String why(final FoundKey key) {
        return key.type().equals("string") || key.type().equals("hash")
                ? "a " + key.type() + " in which nothing reads as a price"
                : "of type " + key.type() + ", which holds no price that can be watched";
    }

    /** Which price it is compared with here does not matter: {@link Likeness} takes all. */
    private static KeyRule rule(final String key, final ValueFormat format, final VenueConfig any) {
        return new KeyRule(
                key,
                any.name(),
                any.symbols().subList(0, 1),
                false,
                Field.LAST,
                new KeyFormat(KeyFormat.Kind.valueOf(format.kind().name()), format.price(), "", ""),
                ANY,
                ANY,
                new KeyRule.Tolerance(0, BigDecimal.ZERO),
                new KeyRule.Ttl(false, Duration.ZERO, Duration.ZERO),
                "profile");
    }

    /** The configuration that watches all of it. */
    public Config config() {
        return asked.withRedis(observers);
    }

    /** By the ids of the watched keys. */
    public List<Candidate> candidates() {
        return List.copyOf(candidates);
    }

    public List<Unread> unread() {
        return List.copyOf(unread);
    }
}
