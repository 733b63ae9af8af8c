package io.plumbline.feed.redis.around;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.EventFeed;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.RedisProbeServer;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;

/** The real commands on a real Redis: 6.2 here, 7.0 in the heir. */
class AroundProbesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir private Path folder;
    AroundRig rig;

    RedisBinary binary() {
        return RedisBinary.EMBEDDED;
    }

    boolean counts() {
        return binary().major() >= 7;
    }

    @BeforeEach
    void open() throws IOException {
        rig = new AroundRig(binary(), folder);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private void add(final int count) {
        for (int i = 0; i < count; i++) {
            rig.client.xadd("tasks:queue", Map.of("n", "1"), XAddParams.xAddParams());
        }
    }

    private void take(final int count) {
        rig.client.xreadGroup(
                "workers",
                "worker-1",
                XReadGroupParams.xReadGroupParams().count(count),
                Map.of("tasks:queue", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
    }

    @Test
    void aStreamAndItsGroups() throws Exception {
        final StreamProbe probe =
                new StreamProbe("tasks:queue", List.of("workers", "others"), SECOND_NS);
        assertEquals(
                List.of(ProbeKind.STREAM),
                rig.run(probe).stream().map(AroundRig.Told::kind).toList());
        assertEquals(0, rig.told.get(0).value(Measure.EXISTS));

        rig.client.xgroupCreate("tasks:queue", "workers", new StreamEntryID(), true);
        add(5);
        take(2);
        final List<AroundRig.Told> told = rig.run(probe);
        assertEquals(3, told.size(), told::toString);
        final AroundRig.Told stream = told.get(0);
        assertEquals(1, stream.value(Measure.EXISTS));
        assertEquals(5, stream.value(Measure.LENGTH));
        assertEquals(counts() ? 5 : Reading.NONE, stream.value(Measure.ADDED));
        final AroundRig.Told group = told.get(1);
        assertEquals("workers", group.item());
        assertEquals(1, group.value(Measure.CONSUMERS));
        assertEquals(2, group.value(Measure.PENDING));
        assertEquals(1, group.value(Measure.DELIVERIES));
        assertEquals("worker-1", group.text());
        assertEquals(counts() ? 3 : Reading.NONE, group.value(Measure.LAG));
        assertTrue(group.value(Measure.PENDING_IDLE_NS) < 10 * SECOND_NS);
        assertTrue(
                Math.abs(
                                group.value(Measure.UNREAD_MS) * 1_000_000
                                        - group.value(Measure.SERVER_NS))
                        < 10 * SECOND_NS);
        final AroundRig.Told missing = told.get(2);
        assertEquals("others", missing.item());
        assertEquals(0, missing.value(Measure.EXISTS));
    }

    @Test
    void aLagThatRedisCannotSayIsNotGiven() throws Exception {
        add(5);
        final String middle =
                rig.client.xrange("tasks:queue", "-", "+", 3).get(2).getID().toString();
        rig.client.xgroupCreate("tasks:queue", "workers", new StreamEntryID(middle), false);
        final AroundRig.Told group =
                rig.run(new StreamProbe("tasks:queue", List.of(), SECOND_NS)).get(1);
        assertEquals(Reading.NONE, group.value(Measure.LAG));
        assertEquals(Reading.NONE, group.value(Measure.IDLE_NS));
        assertTrue(group.value(Measure.UNREAD_MS) > 0);
    }

    @Test
    void whatIsTrimmedShowsInTheIds() throws Exception {
        rig.client.xgroupCreate("tasks:queue", "workers", new StreamEntryID(), true);
        add(10);
        take(2);
        rig.client.xtrim("tasks:queue", 5, false);
        final List<AroundRig.Told> told =
                rig.run(new StreamProbe("tasks:queue", List.of(), SECOND_NS));
        final AroundRig.Told stream = told.get(0);
        final AroundRig.Told group = told.get(1);
        assertEquals(5, stream.value(Measure.LENGTH));
        assertTrue(
                stream.value(Measure.FIRST_MS) > group.value(Measure.DELIVERED_MS)
                        || stream.value(Measure.FIRST_SEQUENCE)
                                > group.value(Measure.DELIVERED_SEQUENCE));
        if (counts()) {
            assertEquals(10, stream.value(Measure.ADDED));
            assertEquals(2, group.value(Measure.READ));
        }
    }

    private static QueueSpec trades(final long everyNs) {
        return new QueueSpec(
                "pms:cmd:trade", true, everyNs, "id", "pms:result:{id}", 5 * SECOND_NS);
    }

    @Test
    void aQueueItsHeadAndWhoWaits() throws Exception {
        final QueueProbe probe = new QueueProbe(trades(SECOND_NS));
        final AroundRig.Told empty = rig.run(probe).get(0);
        assertEquals(0, empty.value(Measure.LENGTH));
        assertEquals(Reading.NONE, empty.value(Measure.CONSUMERS));
        final Thread elsewhere =
                new Thread(
                        () -> {
                            try (Jedis consumer = rig.redis.client()) {
                                consumer.blpop(10, "pms:cmd:trades");
                            }
                        });
        elsewhere.start();
        rig.await("a client in a pop", () -> rig.client.clientList().contains("cmd=blpop"));
        rig.client.rpush("pms:cmd:trade", "{\"id\":\"a1\"}", "{\"id\":\"a2\"}");
        final AroundRig.Told waiting = rig.run(probe).get(0);
        assertEquals(2, waiting.value(Measure.LENGTH));
        assertEquals(1, waiting.value(Measure.CONSUMERS));
        assertEquals("{\"id\":\"a1\"}", waiting.text());
        rig.client.rpush("pms:cmd:trades", "end");
        elsewhere.join();
    }

    @Test
    void theResultsOfCommandsThatWereTaken() throws Exception {
        final QueueProbe probe = new QueueProbe(trades(SECOND_NS));
        rig.client.rpush("pms:cmd:trade", "{\"id\":\"a1\"}", "{\"id\":42}", "no json");
        rig.run(probe);
        assertEquals(SECOND_NS, probe.everyNs());
        rig.client.lpop("pms:cmd:trade");
        rig.client.lpop("pms:cmd:trade");
        assertEquals(
                List.of("a1 0", "42 0"),
                rig.run(probe).stream().skip(1).map(this::result).toList());
        assertTrue(probe.everyNs() < SECOND_NS, "a result may be deleted soon");
        rig.client.set("pms:result:42", "done");
        assertEquals(List.of("42 1"), rig.run(probe).stream().skip(1).map(this::result).toList());
    }

    @Test
    void aResultOfAnotherNameIsFound() throws Exception {
        final QueueProbe probe =
                new QueueProbe(
                        new QueueSpec(
                                "pms:cmd:trade",
                                false,
                                SECOND_NS,
                                "id",
                                "pms:result:{id}",
                                SECOND_NS / 5));
        rig.client.rpush("pms:cmd:trade", "{\"id\":\"first\"}", "{\"id\":\"a-[1]\"}");
        assertEquals("{\"id\":\"a-[1]\"}", rig.run(probe).get(0).text(), "popped from the right");
        rig.client.rpop("pms:cmd:trade");
        rig.client.set("pms:results:a-[1]", "done");
        rig.await(
                "the other name",
                () ->
                        rig.run(probe).stream()
                                .anyMatch(told -> told.text().equals("pms:results:a-[1]")));
    }

    private String result(final AroundRig.Told told) {
        return told.item() + ' ' + told.value(Measure.EXISTS);
    }

    @Test
    void snapshotsNamedAndFound() throws Exception {
        rig.client.set("pms:risk:acc-1", "{\"ts\":1}", SetParams.setParams().ex(120));
        rig.client.hset("pms:risk:acc-2", "equity", "1\"0");
        final SnapshotProbe found = new SnapshotProbe("pms:risk:{id}", List.of(), SECOND_NS);
        final List<AroundRig.Told> first = rig.run(found);
        assertEquals(
                List.of("pms:risk:acc-1", "pms:risk:acc-2"),
                first.stream().map(AroundRig.Told::item).toList());
        assertEquals("{\"ts\":1}", first.get(0).text());
        assertTrue(first.get(0).value(Measure.TTL_NS) > 100 * SECOND_NS);
        assertEquals("{\"equity\":\"1\\\"0\"}", first.get(1).text());
        assertEquals(Long.MAX_VALUE, first.get(1).value(Measure.TTL_NS));
        rig.client.del("pms:risk:acc-2");
        final List<AroundRig.Told> second = rig.run(found);
        assertEquals(1, second.get(0).value(Measure.SAME));
        assertEquals("", second.get(0).text());
        assertEquals(0, second.get(1).value(Measure.EXISTS));
        assertEquals(1, rig.run(found).size());
        final SnapshotProbe named =
                new SnapshotProbe("pms:risk:{id}", List.of("acc-2", "acc-9"), SECOND_NS);
        assertEquals(2, rig.run(named).size());
        assertEquals(2, rig.run(named).size(), "named ones are read, there or not");
    }

    @Test
    void cachedValuesWithoutExpiry() throws Exception {
        for (int i = 0; i < 700; i++) {
            rig.client.set("tasks:cache:" + i, "x", SetParams.setParams().ex(600));
        }
        rig.client.set("tasks:cache:b", "x");
        rig.client.set("tasks:cache:a", "x");
        rig.client.set("other", "x");
        final AroundRig.Told told = rig.run(new NoExpiryProbe("tasks:cache:*", SECOND_NS)).get(0);
        assertEquals(702, told.value(Measure.LENGTH));
        assertEquals(2, told.value(Measure.WITHOUT_TTL));
        assertEquals("tasks:cache:a", told.text());
    }

    @Test
    void messagesOnChannels() throws Exception {
        final EventFeed feed = rig.listen(List.of("pms:events:*", "pms:alerts:?"));
        feed.start();
        rig.await(
                "the subscription",
                () -> rig.client.publish("pms:events:order", "{\"id\":1}") == 1);
        rig.client.publish("pms:alerts:1", "text");
        rig.client.publish("other", "text");
        rig.await("the messages", () -> rig.all().size() >= 2);
        assertEquals(
                List.of(
                        "pms:events:* pms:events:order {\"id\":1}",
                        "pms:alerts:? pms:alerts:1 text"),
                rig.all().stream()
                        .map(told -> told.target() + ' ' + told.item() + ' ' + told.text())
                        .toList());
        rig.client.configSet("notify-keyspace-events", "K$g");
        rig.client.set("pms:result:42", "done");
        rig.client.del("pms:result:42");
        rig.await("a result that is gone again", () -> rig.all().size() == 3);
        assertEquals("42 1", result(rig.all().get(2)));
        rig.await("nothing to tell", () -> rig.run(feed).isEmpty());
        rig.client.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
        rig.await(
                "the loss is told", () -> rig.run(feed).stream().anyMatch(AroundRig.Told::failed));
        rig.await("and its end", () -> rig.run(feed).stream().anyMatch(told -> !told.failed()));
        feed.close();
    }

    @Test
    void whatIsNotAllowedIsARefusalWithItsRemedy() {
        rig.client.aclSetUser("plain", "on", ">pw", "~*", "+@connection", "+time");
        final RedisProbeServer server = rig.server("plain:pw@");
        final ProbeLink link = server.open();
        final StreamProbe probe = new StreamProbe("tasks:queue", List.of(), SECOND_NS);
        final JedisDataException refused =
                assertThrows(JedisDataException.class, () -> probe.run(link, rig.report));
        assertTrue(server.isRefusal(refused));
        assertTrue(
                server.reason(refused).contains("give the monitor's Redis user this permission"),
                server.reason(refused));
        assertEquals("PONG", ProbeLink.text(link.ask(Command.PING)));
        server.close(link);
    }
}
