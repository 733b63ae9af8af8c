package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.profile.ProfilePlan;
import io.plumbline.app.profile.Proposal;
import io.plumbline.app.universe.Conclusion;
import io.plumbline.app.universe.RealOutside;
import io.plumbline.app.universe.UniverseResolver;
import io.plumbline.app.watch.RedisServers;
import io.plumbline.feed.redis.FoundKey;
import io.plumbline.feed.redis.KeyLook;
import io.plumbline.feed.redis.KeyScan;
import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds out by watching what the keys of a Redis carry, and proposes rules for them. */
@Command(
        name = "profile",
        description = {
            "Proposes key rules: watches venues and the keys that stand in Redis for a while.",
            "Prints the `redis` part of a configuration: which key follows which price, how late,",
            "how long it lives.",
            "With sentinels it looks at the master that they name, in a Cluster at every shard.",
            "Key rules of the configuration itself are not looked at. Writes nothing to Redis.",
            "Exit 0 when a rule is proposed, 1 when no key follows any watched price."
        })
final class ProfileCommand implements Callable<Integer> {
    private static final String FOR = "60s";
    private static final String MOST = "2000";
    private static final long SCAN_NS = 30_000_000_000L;
    private static final long POLL_NS = 100_000_000L;

    @Spec private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Names venues, symbols and Redis; for example config/binance-usdm.yaml.")
    private Path file;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = FOR,
            description = "How long to watch (default " + FOR + ").")
    private Duration time;

    @Option(
            names = "--keys",
            paramLabel = "GLOB",
            defaultValue = "*",
            description = "Keys to look at, as Redis matches them; may be given again (default *).")
    private List<String> globs;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = MOST,
            description = "The most keys of a Redis that are watched (default " + MOST + ").")
    private int most;

    @Override
    public Integer call() throws ConfigException, CannotStartException {
        final PrintWriter err = spec.commandLine().getErr();
        final SystemClock clock = new SystemClock();
        final Config asked = config(err, clock);
        final Map<String, List<FoundKey>> found = new LinkedHashMap<>();
        for (final RedisConfig server : asked.redis()) {
            found.put(server.name(), keys(server, clock));
        }
        final ProfilePlan plan = new ProfilePlan(asked, found);
        final int keys = found.values().stream().mapToInt(List::size).sum();
        err.println(
                "watching "
                        + keys
                        + (keys == 1 ? " key for " : " keys for ")
                        + time.toSeconds()
                        + " s, under "
                        + plan.candidates().size()
                        + " formats");
        err.flush();
        final Proposal proposal = watched(asked, plan, clock);
        final PrintWriter out = spec.commandLine().getOut();
        out.print(proposal.toYaml());
        out.flush();
        err.println(
                "rules for "
                        + proposal.keys()
                        + " keys, none for "
                        + proposal.keysWithout()
                        + (keys == 0 ? "; no key fits " + String.join(" or ", globs) : ""));
        return proposal.keys() > 0 ? ExitCode.OK : ExitCode.FOUND;
    }

    private Config config(final PrintWriter err, final SystemClock clock) throws ConfigException {
        final Config written =
                new ConfigLoader(
                                InstalledVenues.list(),
                                System::getenv,
                                warning -> err.println("warning: " + warning))
                        .load(file);
        if (!written.withheldSecrets().isEmpty()) {
            throw usage(
                    file
                            + " was printed without its secrets: give "
                            + String.join(", ", written.withheldSecrets()));
        }
        if (written.redis().isEmpty()) {
            throw usage(
                    file
                            + " names no Redis: add one, for example `redis: [{uri:"
                            + " redis://127.0.0.1:6379/0}]`");
        }
        final Conclusion conclusion =
                new UniverseResolver(new RealOutside(clock)).conclude(written);
        if (!conclusion.missing().isEmpty()) {
            err.println("warning: " + conclusion.missing());
        }
        final Config asked = conclusion.config().withRedis(written.redis());
        if (asked.venues().stream().allMatch(venue -> venue.symbols().isEmpty())) {
            throw usage("no symbol of any venue of " + file + " is watched: name some");
        }
        return asked;
    }

    private List<FoundKey> keys(final RedisConfig server, final SystemClock clock)
            throws CannotStartException {
        final RedisSettings settings = RedisServers.settings(server);
        try {
            final List<FoundKey> found = new ArrayList<>();
            for (final Map.Entry<RedisNode, Set<String>> node :
                    KeyScan.names(
                                    settings,
                                    RedisServers.topology(server),
                                    globs,
                                    most,
                                    SCAN_NS,
                                    clock)
                            .entrySet()) {
                found.addAll(KeyLook.at(settings.at(node.getKey()), List.copyOf(node.getValue())));
            }
            found.sort(Comparator.comparing(FoundKey::name));
            return found;
        } catch (final IOException e) {
            throw new CannotStartException(
                    "Redis "
                            + server.name()
                            + ": "
                            + e.getMessage()
                            + (e.getCause() == null ? "; narrow --keys, or raise --most" : ""),
                    e);
        }
    }

    private Proposal watched(final Config asked, final ProfilePlan plan, final SystemClock clock)
            throws CannotStartException {
        final ProfileRun run = new ProfileRun(plan, clock);
        final String venues;
        final String servers;
        try {
            run.start();
            final long untilNs = clock.epochNanos() + time.toNanos();
            while (clock.epochNanos() < untilNs) {
                LockSupport.parkNanos(this, POLL_NS);
            }
            venues = run.silentVenues();
            servers = run.silentServers();
        } finally {
            run.close();
        }
        if (!run.likeness().anyPrice()) {
            throw new CannotStartException(
                    "no venue told a price within "
                            + time.toSeconds()
                            + " s ("
                            + (venues.isEmpty() ? "all are connected" : venues)
                            + "): correct symbols and endpoints, or watch longer with --for");
        }
        final PrintWriter err = spec.commandLine().getErr();
        if (!venues.isEmpty()) {
            err.println("warning: not all venues were heard: " + venues);
        }
        if (!servers.isEmpty()) {
            err.println("warning: Redis was not seen to the end: " + servers);
        }
        return new Proposal(asked, plan, run.likeness());
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
