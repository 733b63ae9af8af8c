package io.plumbline.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Where a Redis is: at one address, where its sentinels say, or spread over a Cluster. */
public sealed interface RedisPlace {
    /** How many sources it is observed through. */
    default int parts() {
        return this instanceof Cluster cluster ? cluster.maxNodes() : 1;
    }

    /** One line of a configuration that names it, without users and passwords. */
    String toYaml();

    private static String quoted(final List<String> nodes) {
        return nodes.stream().map(YamlText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /**
     * One server.
     *
     * @param uri {@code redis://} or {@code rediss://}, never with user or password
     */
    record Server(URI uri) implements RedisPlace {
        @Override
        public String toYaml() {
            return "uri: " + YamlText.quoted(uri.toString());
        }

        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /**
     * The master that sentinels know by a name.
     *
     * @param nodes addresses of sentinels, at least one
     * @param tls whether master and sentinels are reached over TLS
     * @param user ACL user at the sentinels; null for the default one
     * @param password at the sentinels
     * @param trust PEM file of the sentinels' CA; null for that of the master
     */
    record Sentinels(
            String master,
            List<String> nodes,
            int database,
            boolean tls,
            String user,
            Secret password,
            Path trust)
            implements RedisPlace {
        public Sentinels {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String toYaml() {
            return "sentinel: {master: "
                    + YamlText.quoted(master)
                    + ", nodes: "
                    + quoted(nodes)
                    + ", database: "
                    + database
                    + ", tls: "
                    + tls
                    + "}";
        }

        @Override
        public String toString() {
            return "master "
                    + master
                    + " of "
                    + nodes.stream().collect(Collectors.joining(", ", "sentinels ", ""));
        }
    }

    /**
     * A Redis Cluster.
     *
     * @param nodes addresses of some of its nodes, at least one: they tell of the others
     * @param maxNodes how many nodes with slots are observed at most
     */
    record Cluster(List<String> nodes, boolean tls, int maxNodes) implements RedisPlace {
        public Cluster {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String toYaml() {
            return "cluster: {nodes: "
                    + quoted(nodes)
                    + ", tls: "
                    + tls
                    + ", maxNodes: "
                    + maxNodes
                    + "}";
        }

        @Override
        public String toString() {
            return nodes.stream().collect(Collectors.joining(", ", "cluster at ", ""));
        }
    }
}
