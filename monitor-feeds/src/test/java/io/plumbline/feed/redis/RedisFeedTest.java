package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.InboundType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;
import io.plumbline.market.ValueFault;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.SetParams;

/** The observer against a real Redis: what is written is seen, what goes wrong is told. */
final class RedisFeedTest {
    private static final String FLAGS = "K$ghxe";
    private static final long SECOND_NS = 1_000_000_000L;

    @ParameterizedTest
    @EnumSource(
            value = RungChoice.class,
            names = {"NOTIFICATION", "TRACKING", "SAMPLING"})
    void shouldSeeValuesByEveryRung(final RungChoice choice) throws IOException {
        final Map<String, String> keys =
                Map.of(
                        "pms:price:A", "plain",
                        "pms:price:B", "json:data.p,seq=u,time=E",
                        "pms:price:C", "hash:price,seq=seq,time=ts",
                        "pms:price:D", "plain");
        try (RedisRig rig = new RedisRig(choice, keys).startRedis(FLAGS)) {
            rig.writer().set("pms:price:A", "1.5");
            rig.startFeed();
            final Rung rung = Rung.valueOf(choice.name());
            rig.awaitRung(rung);
            rig.awaitTold("A", 0, s -> "1.5".equals(s.price()));
            final int mark = rig.mark();
            rig.writer().set("pms:price:A", "1.23e-06", SetParams.setParams().px(60_000));
            rig.writer()
                    .set("pms:price:B", "{\"E\":1700000000123,\"u\":77,\"data\":{\"p\":\"2.50\"}}");
            rig.writer()
                    .hset("pms:price:C", Map.of("price", "3", "seq", "9", "ts", "1700000000.5"));
            rig.awaitTold("A", mark, s -> "0.00000123".equals(s.price()));
            rig.awaitTold("B", mark, s -> "2.5".equals(s.price()));
            rig.awaitTold("C", mark, s -> "3".equals(s.price()));
            final RedisRig.Seen a = last(rig, "pms:price:A");
            final RedisRig.Seen b = last(rig, "pms:price:B");
            final RedisRig.Seen c = last(rig, "pms:price:C");
            assertEquals(List.of(rung, rung, rung), List.of(a.rung(), b.rung(), c.rung()));
            assertTrue(Math.abs(a.expiresAtNs() - a.stampNs() - 60 * SECOND_NS) < 2 * SECOND_NS);
            assertEquals(MarketEvent.NEVER, b.expiresAtNs());
            assertEquals(77, b.sequence());
            assertEquals(1_700_000_000_123_000_000L, b.embeddedNs());
            assertEquals(9, c.sequence());
            assertEquals(1_700_000_000_500_000_000L, c.embeddedNs());
            assertTrue(a.writtenAfterNs() <= a.stampNs() && a.writtenAfterNs() > 0);
            assertEquals(KeyState.ABSENT, last(rig, "pms:price:D").state());

            final int second = rig.mark();
            rig.writer().lpush("pms:price:D", "4");
            rig.writer().set("pms:price:A", "nan");
            rig.awaitTold("wrong type", second, s -> s.fault() == ValueFault.WRONG_TYPE);
            rig.awaitTold("nan", second, s -> s.fault() == ValueFault.NOT_FINITE);
            assertEquals(MarketEvent.NEVER, last(rig, "pms:price:A").expiresAtNs());
            assertEquals(List.of(), rig.facts(0));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RungChoice.class,
            names = {"NOTIFICATION", "TRACKING", "SAMPLING"})
    void shouldSeeKeysGo(final RungChoice choice) throws IOException {
        try (RedisRig rig = new RedisRig(choice, RedisRig.plain(4)).startRedis(FLAGS)) {
            rig.writer().mset("pms:price:S0", "1", "pms:price:S1", "2", "pms:price:S2", "3");
            rig.startFeed().awaitRung(Rung.valueOf(choice.name()));
            rig.awaitRightView();
            final int mark = rig.mark();
            rig.writer().del("pms:price:S0");
            rig.writer().set("pms:price:S1", "5", SetParams.setParams().px(150));
            rig.awaitTold(
                    "S0 gone",
                    mark,
                    s -> "pms:price:S0".equals(s.key()) && s.state() == KeyState.ABSENT);
            rig.awaitTold(
                    "S1 expired",
                    mark,
                    s -> "pms:price:S1".equals(s.key()) && s.state() == KeyState.ABSENT);
            rig.awaitRightView();
            if (choice == RungChoice.NOTIFICATION) {
                assertEquals(
                        List.of("pms:price:S0 DELETED", "pms:price:S1 EXPIRED"),
                        rig.since(mark, InboundType.REDIS_EVENT).stream()
                                .map(s -> s.key() + " " + s.state())
                                .toList());
            }
            assertEquals(List.of(), rig.facts(0));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RungChoice.class,
            names = {"NOTIFICATION", "TRACKING"})
    void shouldEndOnTheLastValueOfHotKeys(final RungChoice choice) throws IOException {
        final long seed = 42;
        final SplittableRandom random = new SplittableRandom(seed);
        try (RedisRig rig = new RedisRig(choice, RedisRig.plain(20)).startRedis(FLAGS)) {
            rig.startFeed().awaitRung(Rung.valueOf(choice.name()));
            try (Pipeline pipeline = rig.writer().pipelined()) {
                for (int i = 0; i < 1_500; i++) {
                    pipeline.set("pms:price:S0", Integer.toString(i + 1));
                    pipeline.set(
                            "pms:price:S" + random.nextInt(20),
                            Integer.toString(1 + random.nextInt(1_000_000)));
                    if (random.nextInt(10) == 0) {
                        pipeline.sync();
                    }
                }
            }
            rig.awaitRightView();
            assertEquals(List.of(), rig.facts(0), "seed " + seed);
            assertEquals(0, rig.counters.get(CounterId.REDIS_MISSED_UPDATES), "seed " + seed);
        }
    }

    @Test
    void notificationsSwitchedOffAndOnAgain() throws IOException {
        try (RedisRig rig = new RedisRig(RungChoice.AUTO, RedisRig.plain(5)).startRedis(FLAGS)) {
            rig.startFeed().awaitRung(Rung.NOTIFICATION);
            final int mark = rig.mark();
            rig.writer().configSet("notify-keyspace-events", "");
            rig.writer().set("pms:price:S1", "7");
            rig.awaitFact("OBSERVER_DEGRADED", mark);
            rig.awaitRightView();
            rig.awaitRung(Rung.TRACKING);
            assertTrue(
                    rig.feed().probe().remedy().startsWith("CONFIG SET notify-keyspace-events K"),
                    rig.feed().probe().toString());
            rig.writer().set("pms:price:S2", "8");
            rig.awaitRightView();
            rig.writer().configSet("notify-keyspace-events", "KEA");
            rig.awaitRung(Rung.NOTIFICATION);
            rig.awaitFact("OBSERVER_RECOVERED", mark);
            rig.writer().set("pms:price:S3", "9");
            rig.awaitRightView();
            assertEquals(List.of("OBSERVER_DEGRADED", "OBSERVER_RECOVERED"), rig.facts(0));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RungChoice.class,
            names = {"NOTIFICATION", "TRACKING"})
    void pushConnectionKilled(final RungChoice choice) throws IOException {
        try (RedisRig rig = new RedisRig(choice, RedisRig.plain(5)).startRedis(FLAGS)) {
            final Rung rung = Rung.valueOf(choice.name());
            rig.startFeed().awaitRung(rung);
            final int mark = rig.mark();
            killPushConnection(rig);
            rig.writer().set("pms:price:S4", "11");
            rig.awaitFact("OBSERVER_DEGRADED", mark);
            rig.awaitFact("OBSERVER_RECOVERED", mark);
            rig.awaitRightView();
            rig.awaitRung(rung);
            assertEquals(List.of("OBSERVER_DEGRADED", "OBSERVER_RECOVERED"), rig.facts(0));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RungChoice.class,
            names = {"NOTIFICATION", "TRACKING"})
    void pushConnectionHalfOpen(final RungChoice choice) throws IOException {
        try (RedisRig rig = new RedisRig("", choice, RedisRig.plain(5), true).startRedis(FLAGS)) {
            rig.startFeed().awaitRung(Rung.valueOf(choice.name()));
            final int mark = rig.mark();
            rig.proxy.mute(choice == RungChoice.TRACKING ? "BCAST" : "PSUBSCRIBE");
            rig.writer().set("pms:price:S4", "12");
            rig.awaitTold("degraded", mark, s -> s.text().contains("barrier ping"));
            rig.awaitFact("OBSERVER_RECOVERED", mark);
            rig.awaitRightView();
            assertEquals(List.of("OBSERVER_DEGRADED", "OBSERVER_RECOVERED"), rig.facts(0));
        }
    }

    @Test
    void redisHangs() throws IOException {
        try (RedisRig rig =
                new RedisRig("", RungChoice.AUTO, RedisRig.plain(5), true).startRedis(FLAGS)) {
            rig.startFeed().awaitRung(Rung.NOTIFICATION);
            final int mark = rig.mark();
            rig.proxy.mute("");
            rig.awaitFact("REDIS_DOWN", mark);
            rig.awaitFact("REDIS_UP", mark);
            rig.awaitRung(Rung.NOTIFICATION);
            rig.awaitRightView();
            assertEquals(List.of("REDIS_DOWN", "REDIS_UP"), rig.facts(0));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RungChoice.class,
            names = {"NOTIFICATION", "TRACKING", "SAMPLING"})
    void everythingFlushed(final RungChoice choice) throws IOException {
        try (RedisRig rig = new RedisRig(choice, RedisRig.plain(10)).startRedis(FLAGS)) {
            for (int i = 0; i < 8; i++) {
                rig.writer().set("pms:price:S" + i, "1." + (i + 1));
            }
            rig.startFeed().awaitRung(Rung.valueOf(choice.name()));
            rig.awaitRightView();
            final int mark = rig.mark();
            rig.writer().flushAll();
            rig.awaitTold("flushed", mark, s -> s.state() == KeyState.FLUSHED);
            rig.awaitRightView();
            rig.writer().set("pms:price:S3", "5");
            rig.awaitRightView();
            assertEquals(1, rig.since(mark, InboundType.REDIS_EVENT).size());
            assertEquals(List.of(), rig.facts(0));
        }
    }

    @Test
    void redisRestarted() throws IOException {
        try (RedisRig rig = new RedisRig(RungChoice.AUTO, RedisRig.plain(5)).startRedis(FLAGS)) {
            rig.writer().set("pms:price:S0", "1");
            rig.startFeed().awaitRung(Rung.NOTIFICATION);
            rig.awaitRightView();
            final int mark = rig.mark();
            rig.stopRedis();
            rig.awaitFact("REDIS_DOWN", mark);
            final int down = rig.mark();
            rig.startRedis(FLAGS);
            rig.writer().set("pms:price:S1", "2");
            rig.awaitFact("REDIS_UP", down);
            rig.awaitRung(Rung.NOTIFICATION);
            rig.awaitRightView();
            assertEquals(List.of("REDIS_DOWN", "REDIS_UP"), rig.facts(0));
            assertEquals(
                    List.of("1 CONNECTING", "1 LIVE", "1 DOWN", "2 CONNECTING", "2 LIVE"),
                    sessions(rig));
        }
    }

    @Test
    void redisAbsentAtStart() throws IOException {
        try (RedisRig rig = new RedisRig(RungChoice.AUTO, RedisRig.plain(3)).startFeed()) {
            rig.awaitFact("REDIS_DOWN", 0);
            rig.startRedis("");
            rig.writer().set("pms:price:S0", "1");
            rig.awaitFact("REDIS_UP", 0);
            rig.awaitRung(Rung.TRACKING);
            rig.awaitRightView();
            assertEquals(List.of("REDIS_DOWN", "REDIS_UP"), rig.facts(0));
            assertEquals(
                    List.of("1 CONNECTING", "1 DOWN", "2 CONNECTING", "2 LIVE"), sessions(rig));
        }
    }

    @Test
    void writesThatNoPushTells() throws IOException {
        try (RedisRig rig = new RedisRig(RungChoice.AUTO, RedisRig.plain(6)).startRedis(FLAGS)) {
            for (int i = 0; i < 6; i++) {
                rig.writer().set("pms:price:S" + i, "1");
            }
            rig.startFeed().awaitRung(Rung.NOTIFICATION);
            rig.awaitRightView();
            rig.writer().select(1);
            for (int i = 0; i < 6; i++) {
                rig.writer().set("pms:price:S" + i, "2");
            }
            rig.writer().select(0);
            final int mark = rig.mark();
            rig.writer().swapDB(0, 1);
            rig.awaitFact("OBSERVER_DEGRADED", mark);
            rig.awaitRightView();
            assertEquals(6, rig.counters.get(CounterId.REDIS_MISSED_UPDATES));
            rig.awaitRung(Rung.TRACKING);
            assertEquals(List.of("OBSERVER_DEGRADED"), rig.facts(0));
        }
    }

    @Test
    void userThatMayNotReadTheConfiguration() throws IOException {
        try (RedisRig rig =
                new RedisRig("mon:pa%40ss@", RungChoice.AUTO, RedisRig.plain(3), false)
                        .startRedis(FLAGS)) {
            rig.writer()
                    .aclSetUser(
                            "mon",
                            "on",
                            ">pa@ss",
                            "-@all",
                            "+ping",
                            "+hello",
                            "+client",
                            "+psubscribe",
                            "+get",
                            "+mget",
                            "+pttl",
                            "~pms:price:*",
                            "resetchannels",
                            "&__keyspace@0__:pms:price:*");
            rig.startFeed().awaitRung(Rung.TRACKING);
            rig.writer().set("pms:price:S0", "1");
            rig.awaitRightView();
            assertTrue(rig.feed().probe().toString().contains("CONFIG GET is refused"));
            assertEquals(List.of(), rig.facts(0));
        }
    }

    @Test
    void aUserWhoMayNotHearOfFlushesIsStillNotified() throws IOException {
        try (RedisRig rig =
                new RedisRig("mon:pass@", RungChoice.AUTO, RedisRig.plain(3), false)
                        .startRedis(FLAGS)) {
            rig.writer()
                    .aclSetUser(
                            "mon",
                            "on",
                            ">pass",
                            "-@all",
                            "+ping",
                            "+client",
                            "+config",
                            "+subscribe",
                            "+psubscribe",
                            "+mget",
                            "+pttl",
                            "~pms:price:*",
                            "resetchannels",
                            "&__keyspace@0__:pms:price:S*");
            rig.startFeed().awaitRung(Rung.NOTIFICATION);
            rig.writer().set("pms:price:S0", "1");
            rig.awaitRightView();
            assertEquals(List.of(), rig.facts(0));
        }
    }

    @Test
    void wrongPassword() throws IOException {
        try (RedisRig rig =
                new RedisRig("mon:hush@", RungChoice.AUTO, RedisRig.plain(3), false)
                        .startRedis("")) {
            rig.startFeed().awaitFact("REDIS_DOWN", 0);
            final String detail = rig.since(0, InboundType.MONITOR).get(0).text();
            assertTrue(detail.contains("check user and password of Redis 'test'"), detail);
            assertFalse(detail.contains("hush"), detail);
            assertFalse(rig.feed().status().toString().contains("hush"));
        }
    }

    @Test
    void shouldEndItsThreadsWhenClosed() throws IOException {
        final RedisRig rig = new RedisRig(RungChoice.AUTO, RedisRig.plain(1)).startRedis(FLAGS);
        rig.startFeed().awaitRung(Rung.NOTIFICATION);
        final long beforeNs = rig.clock.epochNanos();
        rig.close();
        assertTrue(rig.clock.epochNanos() - beforeNs < 5 * SECOND_NS);
        assertFalse(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().matches("redis-(push|data)-test")));
    }

    /** P: subscribed; t with B: broadcast tracking. */
    private static void killPushConnection(final RedisRig rig) {
        for (final String client : rig.writer().clientList().split("\n")) {
            if (client.matches(".* flags=(Pt?|\\w*t\\w*B\\w*|\\w*B\\w*t\\w*) .*")) {
                rig.writer()
                        .clientKill(
                                ClientKillParams.clientKillParams()
                                        .id(client.substring(3, client.indexOf(' '))));
            }
        }
    }

    private static List<String> sessions(final RedisRig rig) {
        return rig.since(0, InboundType.SESSION).stream()
                .map(s -> s.epoch() + " " + s.text().substring(0, s.text().indexOf(' ')))
                .toList();
    }

    private static RedisRig.Seen last(final RedisRig rig, final String key) {
        return rig.since(0, InboundType.REDIS_VALUE).stream()
                .filter(s -> s.key().equals(key))
                .reduce((before, after) -> after)
                .orElseThrow();
    }
}
