package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.LiveRig.Seen;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedRest;
import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What operators get wrong, each with a message that names the place and the remedy. */
class OperatorErrorTest {
    /** Nothing listens there. */
    private static final String NOWHERE = "127.0.0.1:1";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private int run(final String... arguments) {
        return PlumblineMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String yaml(final String redis, final String more) {
        return "monitor: {dataDirectory: \""
                + folder.resolve("data")
                + "\"}\nvenues:\n  - name: binance-usdm\n    endpoint: ws://"
                + NOWHERE
                + "\n    rest: http://"
                + NOWHERE
                + "\n    symbols: [\"BTC/USDT:USDT\"]\nredis:\n  - "
                + redis
                + "\n    keys: [{pattern: \"pms:price:{symbol}\", venue: binance-usdm}]\n"
                + more;
    }

    private int runWith(final String yaml) throws IOException {
        final Path file = folder.resolve("plumbline.yaml");
        Files.writeString(file, yaml);
        return run("run", "--config", file.toString());
    }

    @Test
    void misspeltKey() throws IOException {
        final int code = runWith(yaml("uri: redis://" + NOWHERE, "http:\n  prot: 8080\n"));
        assertEquals(ExitCode.USAGE, code);
        final String file = folder.resolve("plumbline.yaml").toString();
        assertTrue(
                err.toString()
                        .contains(file + ":11:3: http.prot: unknown key; did you mean \"port\"?"),
                err.toString());
    }

    @Test
    void portInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final String port = String.valueOf(taken.getLocalPort());
            final int code =
                    runWith(yaml("uri: redis://" + NOWHERE, "http: {port: " + port + "}\n"));
            assertEquals(ExitCode.CANNOT_START, code);
            assertTrue(
                    err.toString().contains("port " + port + " on 127.0.0.1 is in use"), message());
            assertTrue(err.toString().contains("http.port"), message());
        }
    }

    @Test
    void requiredRedisAbsent() throws IOException {
        assertEquals(
                ExitCode.CANNOT_START,
                runWith(
                        yaml(
                                "uri: redis://" + NOWHERE + "\n    required: true",
                                "http: {port: 0}\n")));
        assertTrue(err.toString().contains("redis://" + NOWHERE + "/0 does not answer"), message());
        assertTrue(
                err.toString().contains("start it, correct where it is, or set required: false"));
    }

    @Test
    void redisAbsentAndNotRequired() throws Exception {
        final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
        try (Monitor monitor = monitor(absent(), seen)) {
            monitor.start();
            final HttpClient client = HttpClient.newHttpClient();
            assertEquals(200, LiveRig.get(client, monitor.httpPort(), "/health").statusCode());
            Await.until(
                    "REDIS_DOWN",
                    5,
                    () -> seen.stream().anyMatch(f -> f.kind() == FindingKind.REDIS_DOWN),
                    () -> seen);
            JsonNode redis = null;
            for (final JsonNode dependency :
                    LiveRig.MAPPER
                            .readTree(
                                    LiveRig.get(client, monitor.httpPort(), "/health/deps").body())
                            .get("dependencies")) {
                redis = dependency.get("kind").asText().equals("redis") ? dependency : redis;
            }
            assertEquals("DOWN", redis.get("state").asText());
            assertEquals(false, redis.get("healthy").asBoolean());
            assertTrue(redis.get("detail").asText().contains(NOWHERE), redis.toString());
            assertEquals(503, LiveRig.get(client, monitor.httpPort(), "/ready").statusCode());
        }
    }

    private String absent() {
        return yaml("uri: redis://" + NOWHERE + "\n    required: false", "http: {port: 0}\n");
    }

    private static Monitor monitor(final String yaml, final List<Seen> seen) throws Exception {
        return new Monitor(
                LiveRig.config(yaml),
                new SystemClock(),
                (finding, sentence) -> seen.add(Seen.of(finding, sentence)),
                () -> {});
    }

    @Test
    void symbolThatTheVenueDoesNotList() throws Exception {
        final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
        try (SimulatedRest rest =
                new SimulatedRest(
                        0,
                        SimulatedInstruments.standard(),
                        resource -> null,
                        body -> Monitor.background("sim-rest", body))) {
            rest.start();
            final String yaml =
                    absent().replace("rest: http://" + NOWHERE, "rest: " + rest.uri())
                            .replace("BTC/USDT:USDT", "BTCC/USDT:USDT");
            try (Monitor monitor = monitor(yaml, seen)) {
                monitor.start();
                Await.until(
                        "SUBSCRIBE_REJECTED",
                        5,
                        () ->
                                seen.stream()
                                        .anyMatch(f -> f.kind() == FindingKind.SUBSCRIBE_REJECTED),
                        () -> seen);
            }
        }
        final Seen told =
                seen.stream()
                        .filter(f -> f.kind() == FindingKind.SUBSCRIBE_REJECTED)
                        .findFirst()
                        .get();
        assertTrue(
                told.sentence()
                        .contains(
                                "BTCC/USDT:USDT not listed by binance-usdm; nearest:"
                                        + " BTC/USDT:USDT"),
                told.sentence());
    }

    @Test
    void fileInPlaceOfTheDataDirectory() throws IOException {
        Files.writeString(folder.resolve("data"), "");
        assertEquals(ExitCode.CANNOT_START, runWith(absent()));
        assertTrue(err.toString().contains("cannot write to " + folder.resolve("data")), message());
        assertTrue(err.toString().contains("monitor.dataDirectory"), message());
    }

    @Test
    void dataDirectoryNotWritable() throws IOException {
        final Path proc = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(proc), "skipped: no directory that even root may not write");
        final int code = runWith(absent().replace(folder.resolve("data").toString(), "/proc/self"));
        assertEquals(ExitCode.CANNOT_START, code);
        assertTrue(err.toString().contains("cannot write to /proc/self"), message());
        assertTrue(err.toString().contains("monitor.dataDirectory"), message());
    }

    @Test
    void fullDisk() throws Exception {
        final Path disk = folder.resolve("disk");
        Files.createDirectories(disk);
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()),
                "skipped: no right to mount a small file system");
        try (LiveRig rig =
                new LiveRig(
                        disk.resolve("data"),
                        "journal: {segment: 1MiB, keepBytes: 8MiB}\nhttp: {port: 0}\n")) {
            Await.until("a live rig", 20, rig::allLive, rig::state);
            final int mark = rig.mark();
            final long fullNs = rig.clock.epochNanos();
            fill(disk.resolve("filler"));
            final EnumSet<FindingKind> kinds =
                    EnumSet.of(FindingKind.DISK_FULL, FindingKind.JOURNAL_FAULT);
            Await.until(
                    "one of " + kinds,
                    10,
                    () -> rig.since(mark).stream().anyMatch(f -> kinds.contains(f.kind())),
                    rig::state);
            final Seen told =
                    rig.since(mark).stream()
                            .filter(f -> kinds.contains(f.kind()))
                            .findFirst()
                            .get();
            assertTrue(told.atNs() - fullNs < 5_000_000_000L, told.toString());
            final int later = rig.mark();
            rig.pauseMarket(true);
            try (Jedis jedis = rig.redis()) {
                jedis.set("pms:price:BTC/USDT", "much");
            }
            Await.until(
                    "detection to go on",
                    5,
                    () ->
                            rig.since(later).stream()
                                    .anyMatch(f -> f.kind() == FindingKind.VALUE_MALFORMED),
                    rig::state);
            rig.pauseMarket(false);
            assertEquals(200, rig.get("/health").statusCode());
            Files.delete(disk.resolve("filler"));
            Await.until(
                    "recording to go on",
                    15,
                    () ->
                            rig.since(later).stream()
                                    .anyMatch(
                                            f ->
                                                    kinds.contains(f.kind())
                                                            && f.edge() == Edge.CLOSE),
                    rig::state);
        } finally {
            assertTrue(command("umount", "-l", disk.toString()));
        }
    }

    private static void fill(final Path filler) throws IOException {
        final byte[] block = new byte[64 << 10];
        try (OutputStream file = Files.newOutputStream(filler)) {
            while (true) {
                file.write(block);
            }
        } catch (final IOException full) {
            assertTrue(Files.size(filler) > 1 << 20, full.toString());
        }
    }

    private static boolean command(final String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (final IOException e) {
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void truncatedAndDamagedJournal() throws Exception {
        try (LiveRig rig = new LiveRig(folder.resolve("data"), "http: {port: 0}\n")) {
            Await.until("a live rig", 20, rig::allLive, rig::state);
            Await.pass(1_000);
        }
        final Path segment;
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve("journal"))) {
            segment =
                    files.filter(file -> file.toString().contains(".plj"))
                            .sorted()
                            .findFirst()
                            .orElseThrow();
        }
        assertEquals(ExitCode.OK, run("replay", segment.toString()), this::message);
        assertTrue(!out.toString().contains("warning"), out.toString());
        final long whole = messages();

        final byte[] before = Files.readAllBytes(segment);
        int end = before.length;
        while (before[end - 1] == 0) {
            end--;
        }
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.truncate(end - 7);
        }
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run("replay", segment.toString()), this::message);
        assertTrue(out.toString().contains("warning: "), out.toString());
        assertTrue(out.toString().contains(segment.getFileName().toString()), out.toString());
        assertTrue(messages() > whole / 2 && messages() <= whole, out.toString());

        final byte[] garbage = new byte[64];
        Arrays.fill(garbage, (byte) 0x5a);
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(garbage), end / 2);
        }
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run("replay", segment.toString()), this::message);
        assertTrue(out.toString().contains("is damaged at byte"), out.toString());
        assertTrue(messages() > whole / 4 && messages() < whole, out.toString());
    }

    /** How many messages the last replay read. */
    private long messages() {
        final String text = out.toString();
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    private String message() {
        return err + "\n" + out;
    }
}
