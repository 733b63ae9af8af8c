package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.http.Prerequisite;
import io.plumbline.app.http.Prerequisite.Result;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.redis.RedisFeed;
import io.plumbline.feed.redis.RedisProbe;
import io.plumbline.feed.redis.health.NodeReport;
import io.plumbline.market.Rung;
import io.plumbline.market.SessionState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prerequisites of a monitor that runs: those of its machine as they were at the start, those
 * of Redis by what its observers have found out by now, so that nothing is asked twice. Told once
 * in the log, when Redis has answered or has had time to.
 */
final class PrerequisiteBoard {
    private static final Logger LOG = LoggerFactory.getLogger(PrerequisiteBoard.class);
    private static final String PERMISSIONS = " permissions";
    private static final String WRITES = " writes";
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final Set<Rung> EVERY_WRITE =
            EnumSet.of(Rung.REPLICATION, Rung.STREAM, Rung.CHANNEL, Rung.NOTIFICATION);

    private final List<Prerequisite> machine;
    private final Map<String, RedisConfig> redis = new HashMap<>();
    private final long startedNs;
    private volatile Prerequisite clock =
            new Prerequisite("clock", Result.UNKNOWN, "was not asked yet", "");
    private boolean told;

    /**
     * Looks at the machine.
     *
     * @param port on which the API listens, 0 without one
     * @throws CannotStartException where running would be pointless
     */
    PrerequisiteBoard(final Config config, final int port, final long startedNs)
            throws CannotStartException {
        machine = Prerequisites.required(config, port);
        config.redis().forEach(each -> redis.put("redis/" + each.name(), each));
        this.startedNs = startedNs;
    }

    /** Asks who keeps the clock: a thread of its own, for it may wait. */
    void askClock() {
        clock = ClockSync.ask();
    }

    /** Desk's clock: writes the table into the log, once. */
    void tell(final List<RedisFeed> feeds, final RedisNodes nodes, final long nowNs) {
        if (told) {
            return;
        }
        final List<Prerequisite> now = read(feeds, nodes);
        if (nowNs - startedNs > PATIENCE_NS
                || now.stream().noneMatch(each -> each.found().endsWith(" yet"))) {
            told = true;
            LOG.info("{}", Prerequisites.table(now));
        }
    }

    /** Any thread. */
    List<Prerequisite> read(final List<RedisFeed> feeds, final RedisNodes nodes) {
        final List<Prerequisite> all = new ArrayList<>(machine);
        all.add(clock);
        final List<NodeReport> reports = nodes.read();
        for (final RedisFeed feed : feeds) {
            final RedisConfig config = redis.get(feed.name());
            final String name = "redis " + config.name();
            final Prerequisite reached = reached(name, config, feed);
            all.add(reached);
            if (reached.result() == Result.FAIL) {
                all.add(unasked(name + PERMISSIONS));
                all.add(unasked(name + WRITES));
            } else {
                all.add(permissions(name + PERMISSIONS, config, reports));
                all.add(writes(name + WRITES, feed.probe()));
            }
        }
        return all;
    }

    private static Prerequisite reached(
            final String name, final RedisConfig config, final RedisFeed feed) {
        final FeedStatus status = feed.status();
        if (status.state() == SessionState.LIVE) {
            return new Prerequisite(name, Result.OK, "answers at " + config.place(), "");
        }
        return status.sinceNs() == 0 || status.state() == SessionState.CONNECTING
                ? new Prerequisite(name, Result.UNKNOWN, "did not answer yet", "")
                : new Prerequisite(
                        name,
                        Result.FAIL,
                        "does not answer at " + config.place() + " (" + status.detail() + ")",
                        "start it, or correct where it is");
    }

    private static Prerequisite permissions(
            final String what, final RedisConfig config, final List<NodeReport> reports) {
        final List<NodeReport> asked =
                reports.stream()
                        .filter(node -> node.server().equals(config.name()) && node.up())
                        .toList();
        if (asked.isEmpty()) {
            return new Prerequisite(
                    what,
                    Result.UNKNOWN,
                    config.health().enabled() ? "was not asked yet" : "its health is not asked",
                    "");
        }
        final List<String> refused =
                asked.stream().flatMap(node -> node.refused().stream()).distinct().toList();
        return refused.isEmpty()
                ? new Prerequisite(what, Result.OK, "nothing was refused", "")
                : new Prerequisite(
                        what,
                        Result.WARN,
                        "refused: " + String.join("; ", refused),
                        "./plumbline redis-acl prints what the user must be allowed");
    }

    private static Prerequisite unasked(final String what) {
        return new Prerequisite(what, Result.UNKNOWN, "cannot be asked", "");
    }

    private static Prerequisite writes(final String what, final RedisProbe probe) {
        if (probe.rung() == Rung.NONE) {
            return new Prerequisite(what, Result.UNKNOWN, "no rung was chosen yet", "");
        }
        return EVERY_WRITE.contains(probe.rung())
                ? new Prerequisite(
                        what, Result.OK, "told by the " + probe.rung().label() + " rung", "")
                : new Prerequisite(
                        what,
                        Result.WARN,
                        "observed by the "
                                + probe.rung().label()
                                + " rung: "
                                + String.join("; ", probe.whyNotBetter()),
                        probe.remedy());
    }
}
