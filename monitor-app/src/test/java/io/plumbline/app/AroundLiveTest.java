package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Severity;
import io.plumbline.time.SystemClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XReadGroupParams;

/**
 * Everything that stands around the price breaks in front of a whole monitor and is repaired: each
 * is found, closed, and found again in the journal, byte for byte. And while all is well nothing is
 * found.
 */
@Tag("slow")
class AroundLiveTest {
    private static final String AROUND =
            """
                streams:
                  - {key: "tasks:queue", groups: [workers], every: 50ms, lag: 300ms, pending: 300ms}
                queues:
                  - {key: "pms:cmd:trade", every: 50ms, age: 300ms, id: id, resultWithin: 300ms,
                     result: "pms:result:{id}"}
                snapshots:
                  - {pattern: "pms:risk:{subAccountId}", every: 50ms, age: 600ms, ttl: 120s}
                events:
                  - {pattern: "pms:events:*", learn: 3, silence: 1s}
                noExpiry:
                  - {pattern: "tasks:cache:*", every: 100ms}
            """;

    private static final Set<String> AROUND_KINDS =
            Set.of(
                    "STREAM_LAG",
                    "STREAM_TRIMMED_UNREAD",
                    "QUEUE_STUCK",
                    "KEY_EXPIRED",
                    "KEY_NO_TTL",
                    "SNAPSHOT_STALE",
                    "EVENT_SHAPE",
                    "EVENT_SILENT");

    private static final long CALM_NS = 4_000_000_000L;
    private static final long STEP_NS = 30_000_000L;

    private final SystemClock clock = new SystemClock();
    private final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();
    private final List<LiveRig.Seen> found = new CopyOnWriteArrayList<>();
    private final List<LiveRig.Seen> severe = new CopyOnWriteArrayList<>();

    @TempDir private Path folder;
    private LiveRun run;
    private Jedis redis;

    @Test
    void isFoundClosedAndFoundAgainInTheJournal() throws Exception {
        final String yaml =
                live(
                        AROUND,
                        () -> {
                            streams();
                            queues();
                            snapshots();
                            channels();
                            noExpiry();
                        });
        replay(yaml);
    }

    /**
     * Commands that wait a little, results that are read and deleted at once, all as it should be.
     */
    @Test
    void nothingIsFoundWhileAllIsWell() throws Exception {
        live(
                AROUND.replaceAll("(lag|pending|age|silence): \\w+", "$1: 5s")
                        .replace("resultWithin: 300ms", "resultWithin: 1s"),
                () -> {
                    final long untilNs = clock.epochNanos() + CALM_NS;
                    for (int i = 0; clock.epochNanos() < untilNs; i++) {
                        calm(i);
                        LockSupport.parkNanos(STEP_NS);
                    }
                });
        assertEquals(
                List.of(),
                severe.stream().filter(seen -> AROUND_KINDS.contains(seen.kind().name())).toList());
        assertTrue(lines().contains("EVENT EVENT_SHAPE pms:events:order"), "a shape was learned");
    }

    private void calm(final int step) {
        redis.xadd("tasks:queue", StreamEntryID.NEW_ENTRY, Map.of("n", "1"));
        final String id = "c-" + step;
        redis.rpush("pms:cmd:trade", "{\"id\":\"" + id + "\"}");
        if (step % 3 == 2) {
            redis.xreadGroup(
                    "workers",
                    "worker-1",
                    XReadGroupParams.xReadGroupParams().count(10).noAck(),
                    Map.of("tasks:queue", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
            redis.xtrim("tasks:queue", 2, false);
            for (int i = step - 2; i <= step; i++) {
                redis.lpop("pms:cmd:trade");
                redis.set("pms:result:c-" + i, "{}", SetParams.setParams().ex(60));
                redis.del("pms:result:c-" + i);
            }
        }
        redis.set("pms:risk:acc-1", "{\"n\":" + step + "}", SetParams.setParams().ex(120));
        redis.set("tasks:cache:" + step % 7, "x", SetParams.setParams().ex(600));
        redis.publish(
                "pms:events:order",
                step % 2 == 0
                        ? "{\"type\":\"fill\",\"price\":\"1.5\",\"legs\":[]}"
                        : "{\"type\":\"reject\",\"reason\":\"no\"}");
    }

    /** One life of a monitor while {@code course} takes its course. @return its configuration */
    private String live(final String around, final Runnable course) throws Exception {
        try (Stage stage =
                new Stage(
                        new SimulatedMarket(7, instruments),
                        instruments,
                        WriterSettings.standard(),
                        clock,
                        Monitor::background)) {
            stage.open();
            stage.play(FaultScript.of(List.of()), List.of(), List.of());
            redis =
                    new Jedis(
                            new HostAndPort("127.0.0.1", stage.redisPort()),
                            DefaultJedisClientConfig.builder().serverDefaultProtocol().build());
            redis.xgroupCreate("tasks:queue", "workers", new StreamEntryID(), true);
            final String yaml = stage.watchedYaml("aggTrade, bookTicker") + around;
            run =
                    new LiveRun(
                            folder,
                            yaml,
                            (finding, sentence) -> {
                                final LiveRig.Seen seen = LiveRig.Seen.of(finding, sentence);
                                found.add(seen);
                                if (finding.severity != Severity.LOW) {
                                    severe.add(seen);
                                }
                            });
            try (LiveRun live = run) {
                live.start();
                live.awaitLive();
                course.run();
            }
            redis.close();
            return yaml;
        }
    }

    private void streams() {
        for (int i = 0; i < 4; i++) {
            redis.xadd("tasks:queue", StreamEntryID.NEW_ENTRY, Map.of("n", "1"));
        }
        await("OPEN STREAM_LAG tasks:queue/workers");
        redis.xtrim("tasks:queue", 1, false);
        await("EVENT STREAM_TRIMMED_UNREAD tasks:queue/workers");
        redis.xreadGroup(
                "workers",
                "worker-1",
                XReadGroupParams.xReadGroupParams().count(10).noAck(),
                Map.of("tasks:queue", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        await("CLOSE STREAM_LAG tasks:queue/workers");
    }

    private void queues() {
        redis.rpush("pms:cmd:trade", "{\"id\":\"c-1\",\"side\":\"buy\"}");
        await("OPEN QUEUE_STUCK pms:cmd:trade");
        redis.lpop("pms:cmd:trade");
        await("CLOSE QUEUE_STUCK pms:cmd:trade");
        await("OPEN QUEUE_STUCK pms:result:{id} of pms:cmd:trade");
        redis.rpush("pms:cmd:trade", "{\"id\":\"c-2\"}");
        await("OPEN QUEUE_STUCK pms:cmd:trade", 2);
        redis.lpop("pms:cmd:trade");
        redis.set("pms:result:c-2", "{}", SetParams.setParams().ex(60));
        await("CLOSE QUEUE_STUCK pms:result:{id} of pms:cmd:trade");
    }

    private void snapshots() {
        redis.set("pms:risk:acc-1", "{\"equity\":\"1\"}");
        await("OPEN KEY_NO_TTL pms:risk:acc-1");
        redis.set("pms:risk:acc-1", "{\"equity\":\"2\"}", SetParams.setParams().ex(120));
        await("CLOSE KEY_NO_TTL pms:risk:acc-1");
        await("OPEN SNAPSHOT_STALE pms:risk:acc-1");
        redis.set("pms:risk:acc-1", "{\"equity\":\"3\"}", SetParams.setParams().px(300));
        await("CLOSE SNAPSHOT_STALE pms:risk:acc-1");
        await("OPEN KEY_EXPIRED pms:risk:acc-1");
        redis.set("pms:risk:acc-1", "{\"equity\":\"4\"}", SetParams.setParams().ex(120));
        await("CLOSE KEY_EXPIRED pms:risk:acc-1");
    }

    private void channels() {
        for (int i = 0; i < 3; i++) {
            redis.publish("pms:events:order", "{\"type\":\"fill\",\"o\":{\"price\":\"1.5\"}}");
        }
        await("EVENT EVENT_SHAPE pms:events:order");
        redis.publish("pms:events:order", "{\"type\":\"fill\",\"o\":{\"px\":\"1.5\"}}");
        await("OPEN EVENT_SHAPE pms:events:order");
        assertTrue(
                found.stream()
                        .anyMatch(
                                seen ->
                                        seen.sentence()
                                                .equals(
                                                        "Messages on pms:events:order lack the"
                                                            + " field o.price (string); o.px stands"
                                                            + " there: renamed?")));
        for (int i = 0; i < 3; i++) {
            redis.publish("pms:events:order", "{\"type\":\"fill\",\"o\":{\"price\":\"1.5\"}}");
        }
        await("CLOSE EVENT_SHAPE pms:events:order");
        await("OPEN EVENT_SILENT pms:events:order");
        redis.publish("pms:events:order", "{\"type\":\"fill\",\"o\":{\"price\":\"1.5\"}}");
        await("CLOSE EVENT_SILENT pms:events:order");
    }

    private void noExpiry() {
        redis.set("tasks:cache:1", "x");
        await("OPEN KEY_NO_TTL tasks:cache:*");
        redis.expire("tasks:cache:1", 600);
        await("CLOSE KEY_NO_TTL tasks:cache:*");
    }

    private void replay(final String yaml) throws Exception {
        final Set<String> kinds = run.replayedTheSame().kinds().keySet();
        assertTrue(kinds.containsAll(AROUND_KINDS), kinds::toString);
        final Path patient = folder.resolve("patient.yaml");
        Files.writeString(
                patient,
                "monitor: {name: test, dataDirectory: \""
                        + folder
                        + "\"}\nhttp: {port: 0}\n"
                        + yaml.replaceAll("(lag|pending|age|resultWithin|silence): \\w+", "$1: 1h")
                                .replace("learn: 3", "learn: 0"));
        final Replayed other =
                Replayed.of(
                        folder,
                        folder.resolve("journal").toString(),
                        "--config",
                        patient.toString());
        assertEquals(ExitCode.FOUND, other.exit(), other.err());
        final Set<String> left = new TreeSet<>();
        for (final JsonNode finding : other.parsed()) {
            left.add(finding.get("kind").asText());
        }
        left.retainAll(AROUND_KINDS);
        assertEquals(
                Set.of("STREAM_TRIMMED_UNREAD", "KEY_EXPIRED", "KEY_NO_TTL"),
                left,
                "other thresholds, other verdicts");
    }

    private void await(final String line) {
        await(line, 1);
    }

    private void await(final String line, final int times) {
        run.until(
                line + " among " + lines(),
                () -> lines().stream().filter(line::equals).count() >= times);
    }

    private List<String> lines() {
        return found.stream()
                .filter(seen -> AROUND_KINDS.contains(seen.kind().name()))
                .map(seen -> edge(seen.edge()) + ' ' + seen.kind() + ' ' + seen.key())
                .collect(Collectors.toList());
    }

    private static String edge(final Edge edge) {
        assertFalse(edge == null, "every finding is an edge");
        return edge.name();
    }
}
