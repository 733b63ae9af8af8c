package io.plumbline.app.http;

/** What {@link RedisAnswers} writes of a node; null for what the node does not say. */
final class RedisShape {
    private static final Shape MEMORY =
            Shape.object()
                    .whole("usedBytes", "")
                    .orNull()
                    .whole("mostBytes", "0 for no limit.")
                    .orNull()
                    .text("policy", "Of eviction.")
                    .orNull()
                    .text("fragmentation", "A decimal.")
                    .orNull()
                    .whole("evictedKeys", "Since it started.")
                    .orNull()
                    .whole("expiredKeys", "Since it started.")
                    .orNull()
                    .whole("evictedPerSecond", "")
                    .orNull()
                    .whole("expiredPerSecond", "")
                    .orNull();

    private static final Shape REPLICATION =
            Shape.object()
                    .text("role", "master or slave.")
                    .orNull()
                    .whole("offsetBytes", "")
                    .orNull()
                    .text("primary", "Of a replica.")
                    .optional()
                    .text("link", "Of a replica: up or down.")
                    .optional()
                    .whole("heardSecondsAgo", "Of a replica.")
                    .orNull()
                    .optional()
                    .whole("linkDownSeconds", "Of a replica.")
                    .orNull()
                    .optional()
                    .list(
                            "replicas",
                            "",
                            Shape.object()
                                    .text("node", "host:port")
                                    .text("state", "")
                                    .orNull()
                                    .whole("behindBytes", "")
                                    .orNull()
                                    .whole("heardSecondsAgo", "")
                                    .orNull());

    private static final Shape PERSISTENCE =
            Shape.object()
                    .text("lastSnapshot", "ok or err.")
                    .orNull()
                    .text("lastLogWrite", "ok or err.")
                    .orNull()
                    .text("lastLogRewrite", "ok or err.")
                    .orNull();

    private static final Shape CLIENTS =
            Shape.object()
                    .whole("connected", "")
                    .orNull()
                    .whole("most", "")
                    .orNull()
                    .whole("blocked", "")
                    .orNull()
                    .whole("rejected", "")
                    .orNull()
                    .whole("outputBufferKills", "")
                    .orNull()
                    .object(
                            "ours",
                            "The monitor's own; null where they may not be listed.",
                            Shape.object()
                                    .text("name", "")
                                    .whole("connections", "")
                                    .whole("outputBytes", "The most that one has not read yet."))
                    .orNull();

    private static final Shape CLUSTER =
            Shape.object()
                    .text("state", "ok or fail.")
                    .whole("slotsAssigned", "")
                    .orNull()
                    .whole("slotsOk", "")
                    .orNull()
                    .whole("slotsPfail", "")
                    .orNull()
                    .whole("slotsFail", "")
                    .orNull()
                    .whole("size", "Primaries with slots.")
                    .orNull()
                    .whole("knownNodes", "")
                    .orNull()
                    .list(
                            "nodes",
                            "As this one sees them.",
                            Shape.object()
                                    .text("id", "")
                                    .text("node", "host:port")
                                    .orNull()
                                    .texts("flags", "")
                                    .text("primary", "The id of a replica's primary.")
                                    .orNull()
                                    .flag("linked", "")
                                    .whole("slots", "How many it serves."));

    private static final Shape SLOW =
            Shape.object()
                    .whole("length", "Entries in the log.")
                    .list(
                            "latest",
                            "Newest first.",
                            Shape.object()
                                    .whole("id", "")
                                    .time("at", "")
                                    .whole("tookUs", "")
                                    .text("command", "Its name only."));

    private static final Shape NODE =
            Shape.object()
                    .text("redis", "As it is called in the configuration.")
                    .text("node", "host:port")
                    .text("state", "UP, UNHEALTHY, FAIL, LOADING or DOWN.")
                    .flag("healthy", "Whether it is UP.")
                    .text("detail", "")
                    .texts("problems", "Its open cases.")
                    .time("asked", "When it was asked.")
                    .orNull()
                    .whole("pingNs", "What follows is left out while it is DOWN.")
                    .optional()
                    .text("version", "")
                    .optional()
                    .text("runId", "")
                    .optional()
                    .whole("uptimeSeconds", "")
                    .orNull()
                    .optional()
                    .flag("loading", "Whether it reads its data.")
                    .optional()
                    .whole("operationsPerSecond", "")
                    .orNull()
                    .optional()
                    .whole("commands", "")
                    .orNull()
                    .optional()
                    .text("notifyKeyspaceEvents", "Null where it may not be read.")
                    .orNull()
                    .optional()
                    .object("memory", "", MEMORY)
                    .optional()
                    .object("replication", "", REPLICATION)
                    .optional()
                    .object("persistence", "", PERSISTENCE)
                    .optional()
                    .object("clients", "", CLIENTS)
                    .optional()
                    .object("cluster", "Null outside of a Cluster.", CLUSTER)
                    .orNull()
                    .optional()
                    .object("slow", "Null where it may not be read.", SLOW)
                    .orNull()
                    .optional()
                    .texts("refused", "What it refuses, and why.")
                    .optional();

    static final Content ALL = Content.json(Shape.object().list("nodes", "Of every Redis.", NODE));

    private RedisShape() {}
}
