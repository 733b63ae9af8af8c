package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The permissions that are printed: by version and by what the configuration asks for. */
final class RedisAclCommandTest {
    private static final String VENUES =
            "venues: [{name: binance-spot, symbols: [BTC/USDT, ETH/USDT]}]\nredis:\n  - ";
    private static final String KEYS =
            "\n    keys: [{pattern: \"px:{symbol}\", venue: binance-spot}]\n";

    private static final String BARE = "uri: redis://127.0.0.1:1\n    health: {enabled: false}";

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintTheLeastForAServer() throws IOException {
        assertEquals(
                List.of(
                        "# Redis main: redis://127.0.0.1:1/0",
                        "# a new user also needs a password: ACL SETUSER monitor >PASSWORD",
                        "ACL SETUSER monitor on resetkeys resetchannels -@all +client|id"
                                + " +client|setname +client|tracking +config|get +get +mget"
                                + " +pexpiretime +ping +psubscribe +pttl +scan +subscribe +time"
                                + " %R~px:* &__redis__:invalidate &__keyspace@0__:px:*"),
                printed(BARE + "\n    user: monitor", "7.0"));
    }

    @Test
    void shouldKnowOlderVersions() throws IOException {
        final String old = printed("uri: redis://127.0.0.1:1", "6.2").get(3);
        assertTrue(old.contains(" +pttl ") && old.contains(" ~px:* "), old);
        final String oldest = printed("uri: redis://127.0.0.1:1", "6.0").get(3);
        assertTrue(!oldest.contains("channel") && !oldest.contains("&"), oldest);
        assertEquals(ExitCode.USAGE, run("uri: redis://127.0.0.1:1", "5.0"));
        assertTrue(err.toString().contains("Redis 5.0 has no users"), err.toString());
    }

    @Test
    void shouldAskForWhatNodesTellOfTheirHealth() throws IOException {
        final String line = printed("uri: redis://127.0.0.1:1", "7.0").get(3);
        assertTrue(line.contains(" +client|list ") && line.contains(" +info "), line);
        assertTrue(line.contains(" +slowlog|get +slowlog|len "), line);
    }

    @Test
    void shouldAskForMoreWhereMoreIsWatched() throws IOException {
        final String cluster =
                printed(
                                "cluster: {nodes: [a]}\n"
                                        + "    user: m\n"
                                        + "    rung: sampling\n"
                                        + "    health: {enabled: false}",
                                "7.0")
                        .get(2);
        assertTrue(
                cluster.contains(" +asking +client|setname +cluster|info +cluster|nodes +get "),
                cluster);
        assertTrue(cluster.contains(" +role ") && !cluster.contains("subscribe"), cluster);
        final List<String> sentinel =
                printed(
                        "sentinel: {master: m, nodes: [a], user: s, database: 2}\n    user: m",
                        "7.0");
        assertTrue(sentinel.get(2).contains("&__keyspace@2__:px:*"), sentinel.get(2));
        assertTrue(sentinel.get(2).contains(" +select "), sentinel.get(2));
        assertTrue(sentinel.get(4).contains("+sentinel|get-master-addr-by-name"), sentinel.get(4));
    }

    @Test
    void shouldNotAskToWalkWhereNobodyWalks() throws IOException {
        final String line = printed(BARE + "\n    misnamed: {scan: off}", "7.0").get(3);
        assertTrue(!line.contains("+scan") && !line.contains("+pttl"), line);
    }

    @Test
    void shouldSayThatItWasNotTold() throws IOException {
        assertEquals(ExitCode.OK, run("uri: redis://127.0.0.1:1", null));
        assertTrue(err.toString().contains("taken for 7.0"), err.toString());
    }

    private List<String> printed(final String place, final String version) throws IOException {
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run(place, version), err.toString());
        return out.toString().lines().toList();
    }

    private int run(final String place, final String version) throws IOException {
        final Path file = folder.resolve("x.yaml");
        Files.writeString(file, VENUES + place + KEYS);
        final CommandLine line = PlumblineMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return version == null
                ? line.execute("redis-acl", "--config", file.toString())
                : line.execute(
                        "redis-acl", "--config", file.toString(), "--server-version", version);
    }
}
