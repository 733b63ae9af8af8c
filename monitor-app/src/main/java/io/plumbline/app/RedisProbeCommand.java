package io.plumbline.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.KeyFormat;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.http.Prerequisite;
import io.plumbline.app.http.Prerequisite.Result;
import io.plumbline.app.watch.RedisServers;
import io.plumbline.feed.redis.NodeProbes;
import io.plumbline.feed.redis.RungReport;
import io.plumbline.feed.redis.RungReport.Offer;
import io.plumbline.feed.redis.RungReport.Permission;
import io.plumbline.market.Rung;
import io.plumbline.time.SystemClock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells by which rungs a Redis can be observed, and what an operator would do for a better one. */
@Command(
        name = "redis-probe",
        description = {
            "Tells which rungs each node of a Redis allows, why not the others,"
                    + " and the command that would open them.",
            "Reads only: it changes nothing on a server and joins no replication.",
            "Exit 0 when every node offers the best rung that is configured, 1 when one offers"
                    + " less, 3 when one cannot be asked."
        })
final class RedisProbeCommand implements Callable<Integer> {
    private static final String STAND_IN = "symbol";

    @Spec private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The YAML file, for example config/binance-usdm.yaml.")
    private Path file;

    @Option(names = "--redis", paramLabel = "NAME", description = "Only this one.")
    private String only;

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws ConfigException, JsonProcessingException {
        final PrintWriter err = spec.commandLine().getErr();
        final Config config =
                new ConfigLoader(
                                InstalledVenues.list(),
                                System::getenv,
                                warning -> err.println("warning: " + warning))
                        .load(file);
        final List<RedisConfig> servers =
                config.redis().stream()
                        .filter(redis -> only == null || redis.name().equals(only))
                        .toList();
        if (servers.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    only == null
                            ? file + " configures no Redis"
                            : "no Redis named '"
                                    + only
                                    + "': "
                                    + config.redis().stream().map(RedisConfig::name).toList());
        }
        final Map<String, List<RungReport>> reports = new LinkedHashMap<>();
        for (final RedisConfig server : servers) {
            reports.put(server.name(), ask(server));
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(asJson(reports)));
        } else {
            reports.forEach((name, nodes) -> nodes.forEach(node -> print(name, node, out)));
        }
        out.flush();
        final List<RungReport> all = reports.values().stream().flatMap(List::stream).toList();
        if (all.stream().anyMatch(node -> !node.failure().isEmpty())) {
            return ExitCode.CANNOT_START;
        }
        return all.stream().allMatch(RungReport::isBestWanted) ? ExitCode.OK : ExitCode.FOUND;
    }

    /** What a Redis offers, as prerequisites: connects. */
    static List<Prerequisite> prerequisites(final RedisConfig server) {
        final List<Prerequisite> all = new ArrayList<>();
        for (final RungReport node : ask(server)) {
            final String name = "redis " + server.name() + ' ' + node.node();
            if (!node.failure().isEmpty()) {
                all.add(
                        new Prerequisite(
                                name,
                                Result.FAIL,
                                "cannot be asked: " + node.failure(),
                                "start it, or correct where it is"));
                continue;
            }
            final Offer missed =
                    node.rungs().stream()
                            .filter(offer -> offer.wanted() && !offer.allowed())
                            .findFirst()
                            .orElse(null);
            final String found = "would be observed by the " + node.best().label() + " rung";
            all.add(
                    missed == null || node.isBestWanted()
                            ? new Prerequisite(name, Result.OK, found, "")
                            : new Prerequisite(
                                    name,
                                    node.best() == Rung.NONE ? Result.FAIL : Result.WARN,
                                    found + "; " + missed.rung().label() + ": " + missed.reason(),
                                    missed.command()));
        }
        return all;
    }

    private static List<RungReport> ask(final RedisConfig server) {
        final List<String> keys = new ArrayList<>();
        boolean hashes = false;
        for (final KeyRule rule : server.keys()) {
            rule.symbols().forEach(symbol -> keys.add(rule.key(symbol)));
            if (rule.symbols().isEmpty()) {
                keys.add(rule.key(STAND_IN));
            }
            hashes |= rule.format().kind() == KeyFormat.Kind.HASH;
        }
        return NodeProbes.ask(
                RedisServers.settings(server),
                RedisServers.topology(server),
                keys,
                hashes,
                new SystemClock());
    }

    private static void print(final String name, final RungReport node, final PrintWriter out) {
        out.println("redis " + name + " at " + node.node());
        if (!node.failure().isEmpty()) {
            out.println("  cannot be asked: " + node.failure());
            return;
        }
        out.printf(
                Locale.ROOT,
                "  Redis %s, %s, user %s, round trip %.3f ms%n",
                node.version(),
                node.role(),
                node.user(),
                node.roundTripNs() / 1e6);
        out.println(
                "  would be observed by: "
                        + (node.best() == Rung.NONE ? "nothing" : node.best().label())
                        + (node.isBestWanted() ? "" : ", less than configured"));
        out.println();
        out.printf("  %-13s %-8s %-11s %s%n", "rung", "allowed", "configured", "");
        for (final Offer offer : node.rungs()) {
            out.printf(
                    "  %-13s %-8s %-11s %s%n",
                    offer.rung().label(),
                    offer.allowed() ? "yes" : "no",
                    offer.wanted() ? "yes" : "no",
                    offer.reason());
            if (!offer.command().isEmpty()) {
                out.printf("  %-34s to open it: %s%n", "", offer.command());
            }
        }
        out.println();
        out.println("  may the user");
        for (final Permission permission : node.permissions()) {
            out.printf(
                    "  %-18s %-8s %s%n",
                    permission.what(),
                    permission.answer().name().toLowerCase(Locale.ROOT),
                    permission.reason());
        }
        out.println();
    }

    private static List<Map<String, Object>> asJson(final Map<String, List<RungReport>> reports) {
        final List<Map<String, Object>> all = new ArrayList<>();
        reports.forEach((name, nodes) -> nodes.forEach(node -> all.add(asJson(name, node))));
        return all;
    }

    private static Map<String, Object> asJson(final String name, final RungReport node) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("redis", name);
        map.put("node", node.node().toString());
        if (!node.failure().isEmpty()) {
            map.put("failure", node.failure());
            return map;
        }
        map.put("version", node.version());
        map.put("role", node.role());
        map.put("user", node.user());
        map.put("roundTripNs", node.roundTripNs());
        map.put("best", node.best().label());
        map.put("asConfigured", node.isBestWanted());
        final List<Map<String, Object>> rungs = new ArrayList<>();
        for (final Offer offer : node.rungs()) {
            final Map<String, Object> rung = new LinkedHashMap<>();
            rung.put("rung", offer.rung().label());
            rung.put("allowed", offer.allowed());
            rung.put("configured", offer.wanted());
            rung.put("reason", offer.reason());
            rung.put("command", offer.command());
            rungs.add(rung);
        }
        map.put("rungs", rungs);
        final Map<String, Object> permissions = new LinkedHashMap<>();
        for (final Permission permission : node.permissions()) {
            permissions.put(permission.what(), permission.answer().name().toLowerCase(Locale.ROOT));
        }
        map.put("permissions", permissions);
        return map;
    }
}
