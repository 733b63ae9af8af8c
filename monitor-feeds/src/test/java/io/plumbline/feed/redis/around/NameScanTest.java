package io.plumbline.feed.redis.around;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.NameScan;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.RedisProbeServer;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.market.naming.KeyNames;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.params.SetParams;

/** The walk through the names of a real Redis; a pause of 0 makes every run a step. */
class NameScanTest {
    private static final String RIGHT = "pms:price:BTC/USDT:USDT";

    @TempDir private Path folder;
    private AroundRig rig;
    private final KeyNames names = new KeyNames();

    @BeforeEach
    void open() throws IOException {
        rig = new AroundRig(RedisBinary.EMBEDDED, folder);
        names.add(RIGHT, "BTC/USDT:USDT", List.of(new KeyNames.Form("BTC/USDT", "no settlement")));
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    /** Runs until the names of {@code keys} keys have been walked through. */
    private List<AroundRig.Told> walk(final NameScan scan, final int keys) throws Exception {
        final int before = rig.told.size();
        for (int step = 0; step <= keys / 250; step++) {
            rig.run(scan);
        }
        return List.copyOf(rig.told.subList(before, rig.told.size()));
    }

    @Test
    void findsLooksAgainAndSeesItGo() throws Exception {
        final NameScan scan = new NameScan(names, 0);
        for (int i = 0; i < 3_000; i++) {
            rig.client.set("session:" + i, "x");
        }
        final List<String> wrong =
                List.of(
                        "pms:price:BTCUSDT",
                        "pms:price:btc/usdt:usdt",
                        RIGHT + " ",
                        "price:BTC/USDT:USDT",
                        "pms:price:BTC%2FUSDT%3AUSDT",
                        "pms:price:BT\u0421/USDT:USDT");
        rig.client.set(RIGHT, "1");
        wrong.forEach(name -> rig.client.set(name, "67890.1", SetParams.setParams().px(60_000)));
        final List<AroundRig.Told> told = walk(scan, 3_000);
        final Set<String> found = new TreeSet<>();
        for (final AroundRig.Told each : told) {
            found.add(each.target());
            assertEquals(ProbeKind.KEY_NAME, each.kind());
            assertEquals("67890.1", each.text());
            assertTrue(each.value(Measure.TTL_NS) > 0);
        }
        assertEquals(new TreeSet<>(wrong), found);

        rig.client.del("pms:price:BTCUSDT");
        final List<AroundRig.Told> later = rig.run(scan);
        assertEquals(
                List.of("pms:price:BTCUSDT"),
                later.stream()
                        .filter(each -> each.value(Measure.EXISTS) == 0)
                        .map(AroundRig.Told::target)
                        .toList());
    }

    @Test
    void anotherTypeHasNoValueAndAWholeWalkTellsThatItIsGone() throws Exception {
        final NameScan scan = new NameScan(names, 0);
        rig.client.hset("pms:price:BTCUSDT", "price", "67890.1");
        final List<AroundRig.Told> told = rig.run(scan);
        assertEquals(1, told.size());
        assertEquals("", told.get(0).text());
        assertEquals(Long.MAX_VALUE, told.get(0).value(Measure.TTL_NS));
        rig.client.del("pms:price:BTCUSDT");
        final List<AroundRig.Told> gone = rig.run(scan);
        assertEquals(0, gone.get(gone.size() - 1).value(Measure.EXISTS));
    }

    @Test
    void aWalkThatIsDoneHasAPause() throws Exception {
        final NameScan scan = new NameScan(names, 3_600_000_000_000L);
        rig.client.set(RIGHT, "1");
        assertEquals(List.of(), rig.run(scan));
        rig.client.set("pms:price:BTCUSDT", "1");
        assertEquals(List.of(), rig.run(scan));
    }

    @Test
    void aUserThatMayNotScanIsToldOnceWithTheRemedy() throws Exception {
        rig.client.aclSetUser("blind", "on", ">pw", "~*", "+get", "+hello", "+client");
        final RedisProbeServer server = rig.server("blind:pw@");
        final ProbeLink link = server.open();
        try {
            final NameScan scan = new NameScan(names, 0);
            final ProbeReport report = rig.report;
            final int before = rig.told.size();
            scan.run(link, report);
            scan.run(link, report);
            assertEquals(1, rig.told.size() - before);
            final AroundRig.Told told = rig.told.get(before);
            assertEquals(ProbeKind.KEY_SCAN, told.kind());
            assertTrue(told.failed());
            assertTrue(told.text().contains("+scan"), told.text());
        } finally {
            server.close(link);
        }
    }
}
