package io.plumbline.app.config;

import io.plumbline.feed.redis.RedisNode;
import java.util.ArrayList;
import java.util.List;

/** Where a Redis is when it is not one server: `sentinel` or `cluster`. */
final class RedisPlaceReader {
    private static final int SENTINEL_PORT = 26_379;
    private static final int MOST_NODES = 64;
    private static final int USUAL_NODES = 16;

    private RedisPlaceReader() {}

    /** Null where an address, or nothing, says where it is. */
    static RedisPlace read(final YamlMap at) {
        final String[] ways = {"uri", "sentinel", "cluster"};
        String first = null;
        for (final String way : ways) {
            if (at.given(way)) {
                if (first != null) {
                    at.problem(way, "stands beside `" + first + "`; a Redis is in one place");
                }
                first = first == null ? way : first;
            }
        }
        if ("sentinel".equals(first)) {
            return sentinels(at.map("sentinel"));
        }
        return "cluster".equals(first) ? cluster(at.map("cluster")) : null;
    }

    private static RedisPlace sentinels(final YamlMap at) {
        Secret password = Secret.NONE;
        final YamlValue given = at.find("password");
        if (given != null) {
            password = AlertReader.secret(given).from(given::readSecretAgain);
        }
        final RedisPlace place =
                new RedisPlace.Sentinels(
                        at.required("master", "mymaster", "mymaster", Values::text),
                        nodes(at, SENTINEL_PORT),
                        at.value("database", 0, Values.integer(0, 999_999)),
                        at.value("tls", false, Values.bool()),
                        at.value("user", null, Values::text),
                        password,
                        VenueReader.trust(at));
        at.done();
        return place;
    }

    private static RedisPlace cluster(final YamlMap at) {
        final RedisPlace place =
                new RedisPlace.Cluster(
                        nodes(at, 6_379),
                        at.value("tls", false, Values.bool()),
                        at.value("maxNodes", USUAL_NODES, Values.integer(1, MOST_NODES)));
        at.done();
        return place;
    }

    private static List<String> nodes(final YamlMap at, final int port) {
        final List<String> nodes = new ArrayList<>();
        for (final YamlValue item : at.list("nodes")) {
            final String node = item.read("", text -> address(text, port));
            if (!node.isEmpty()) {
                nodes.add(node);
            }
        }
        if (at.isEmptyList("nodes")) {
            at.missing("nodes", "[\"10.0.0.1:" + port + "\", \"10.0.0.2:" + port + "\"]");
        }
        return nodes;
    }

    private static String address(final String text, final int port) {
        if (text.contains("/") || text.contains("@")) {
            throw new BadValue("is more than host and port; write HOST:" + port);
        }
        try {
            return RedisNode.parse(text, port).toString();
        } catch (final IllegalArgumentException e) {
            throw new BadValue("is no address: " + e.getMessage() + "; write HOST:" + port);
        }
    }
}
