package io.plumbline.app.config;

import io.plumbline.feed.redis.RedisNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The part {@code gate}: where else it is told what may be traded. */
final class GateReader {
    private static final String LOCALHOST = "127.0.0.1";

    private final List<RedisConfig> watched;

    /**
     * @param watched the Redis servers that are not written to
     */
    GateReader(final List<RedisConfig> watched) {
        this.watched = watched;
    }

    GateConfig read(final YamlMap at) {
        final GateConfig gate =
                new GateConfig(
                        at.value("file", null, Values::path),
                        at.given("redis") ? hash(at.map("redis")) : null);
        at.done();
        return gate;
    }

    private GateConfig.Hash hash(final YamlMap at) {
        final GateConfig.Hash hash =
                new GateConfig.Hash(
                        RedisReader.unwatched(at, "gate"),
                        at.value("key", "plumbline:gate", Values::text),
                        at.value("ttl", Duration.ofSeconds(3), Values.duration("1s", "1m")),
                        at.value("watched", false, Values.bool()));
        if (hash.server().place() instanceof RedisPlace.Cluster) {
            at.problem(
                    "cluster",
                    "a hash is kept on one server; write `uri: redis://HOST:PORT` or `sentinel`");
        }
        for (final RedisConfig server : watched) {
            if (!hash.watched() && same(server.place(), hash.server().place())) {
                at.problem(
                        "uri",
                        "is the Redis \""
                                + server.name()
                                + "\", which is watched and not written to; name another, or"
                                + " write `watched: true` beside it to have it so");
            }
        }
        at.done();
        return hash;
    }

    private static boolean same(final RedisPlace one, final RedisPlace other) {
        if (one instanceof RedisPlace.Server a && other instanceof RedisPlace.Server b) {
            return node(a.uri().getAuthority()).equals(node(b.uri().getAuthority()));
        }
        if (one instanceof RedisPlace.Cluster a && other instanceof RedisPlace.Server b) {
            return a.nodes().stream()
                    .map(GateReader::node)
                    .anyMatch(node(b.uri().getAuthority())::equals);
        }
        return one instanceof RedisPlace.Sentinels a
                && other instanceof RedisPlace.Sentinels b
                && a.master().equals(b.master())
                && a.nodes().stream().anyMatch(b.nodes()::contains);
    }

    private static RedisNode node(final String address) {
        final RedisNode node = RedisNode.parse(address);
        return node.host().equalsIgnoreCase("localhost")
                ? new RedisNode(LOCALHOST, node.port())
                : node;
    }

    static Map<String, Object> print(final GateConfig gate) {
        return ConfigPrinter.map(
                "file", ConfigPrinter.text(gate.file()), "redis", hash(gate.hash()));
    }

    private static Map<String, Object> hash(final GateConfig.Hash hash) {
        if (hash == null) {
            return null;
        }
        final Map<String, Object> printed = ConfigPrinter.reached(hash.server());
        printed.put("key", ConfigPrinter.text(hash.key()));
        printed.put("ttl", ConfigPrinter.time(hash.ttl()));
        printed.put("watched", hash.watched());
        return printed;
    }
}
