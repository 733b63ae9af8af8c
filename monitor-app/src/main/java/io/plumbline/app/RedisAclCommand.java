package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.universe.UniverseText;
import io.plumbline.app.watch.RedisPermissions;
import io.plumbline.app.watch.RedisServers;
import io.plumbline.feed.redis.AclRule;
import io.plumbline.feed.redis.Primaries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator has to allow the monitor, no more and no less. */
@Command(
        name = "redis-acl",
        description = {
            "Prints the least that the monitor's Redis user must be allowed.",
            "One ACL SETUSER command for each Redis of the configuration, for every node of it;",
            "notes begin with #. A Redis that does not answer is taken for 7.0."
        })
final class RedisAclCommand implements Callable<Integer> {
    private static final String USER = "plumbline";

    @Spec private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The YAML file, for example config/redis-cluster.yaml.")
    private Path file;

    @Option(
            names = "--server-version",
            paramLabel = "VERSION",
            description = "Of the Redis, for example 7.0; asked from it otherwise.")
    private String version;

    @Override
    public Integer call() throws ConfigException {
        final PrintWriter err = spec.commandLine().getErr();
        final PrintWriter out = spec.commandLine().getOut();
        final Config config =
                new ConfigLoader(
                                InstalledVenues.list(),
                                System::getenv,
                                warning -> err.println("warning: " + warning))
                        .load(file);
        if (!UniverseText.questions(config).isEmpty()) {
            err.println(
                    "warning: symbols are found at start, and channels depend on them: print this"
                            + " again for what check-config --resolve prints");
        }
        for (final RedisConfig redis : config.redis()) {
            print(config, redis, out, err);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void print(
            final Config config,
            final RedisConfig redis,
            final PrintWriter out,
            final PrintWriter err) {
        final String user = redis.user() == null ? USER : redis.user();
        final AclRule rule;
        try {
            rule = RedisPermissions.of(config, redis, user, version(redis, err));
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        out.println("# Redis " + redis.name() + ": " + redis.place());
        if (redis.user() == null) {
            out.println("# the configuration names no user; add `user: " + USER + "` to it");
        }
        out.println("# a new user also needs a password: ACL SETUSER " + user + " >PASSWORD");
        out.println(rule.line());
        RedisPermissions.atSentinels(redis)
                .ifPresent(line -> out.println("# and at every sentinel\n" + line));
    }

    private AclRule.Version version(final RedisConfig redis, final PrintWriter err) {
        if (version != null) {
            return AclRule.Version.parse(version);
        }
        try {
            return Primaries.version(RedisServers.settings(redis), RedisServers.topology(redis));
        } catch (final IOException e) {
            err.println(
                    "warning: Redis "
                            + redis.name()
                            + " does not say its version, taken for "
                            + AclRule.Version.SEVEN
                            + ": "
                            + e.getMessage());
            return AclRule.Version.SEVEN;
        }
    }
}
