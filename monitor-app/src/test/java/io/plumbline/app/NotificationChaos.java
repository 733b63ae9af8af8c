package io.plumbline.app;

import static io.plumbline.finding.FindingKind.OBSERVER_DEGRADED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.metrics.CounterId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/**
 * Keyspace notifications promise: every write is told, the newest value is read. A value that is
 * overtaken before it is read is not seen.
 */
abstract class NotificationChaos extends RedisChaos {
    private static final String FLAGS = "notify-keyspace-events";
    private static final String BUFFERS = "client-output-buffer-limit";

    @Override
    final String rung() {
        return "notification";
    }

    @Override
    final void killPushConnection(final Jedis jedis) {
        jedis.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
    }

    @Test
    @Tag("servers")
    void everyWriteIsToldOnceAndItsLifeOnce() {
        rig.rest(0);
        Await.pass(500);
        final long sinceNs = rig.broken();
        final long before = rig.monitor.counters().get(CounterId.REDIS_NOTIFICATIONS);
        rig.resume(PER_SECOND_FAST);
        Await.pass(3_000);
        rig.rest(0);
        Await.pass(500);
        final long written = rig.writer.doneSince(sinceNs);
        final long told = rig.monitor.counters().get(CounterId.REDIS_NOTIFICATIONS) - before;
        rig.resume(PER_SECOND);
        assertTrue(written > PER_SECOND_FAST, written + " writes");
        assertEquals(2 * written, told);
        rig.assertOnly();
    }

    @Test
    void subscriberKilledForItsOutputBuffer() {
        final String normally;
        final long killedNs;
        try (Jedis jedis = server.redis.client()) {
            normally = jedis.configGet(BUFFERS).values().iterator().next();
            killedNs = rig.broken();
            jedis.configSet(BUFFERS, "pubsub 1 0 0");
            // More notifications than a client's own buffer takes, in one turn of the server.
            jedis.eval(
                    "for i = 1, 1000 do redis.call('PEXPIRE', KEYS[1], 60000) end",
                    List.of(rig.keys().get(0)),
                    List.of());
            rig.awaitTold(OBSERVER_DEGRADED);
            jedis.configSet(BUFFERS, normally);
        }
        rig.awaitBack(killedNs);
        rig.assertOnly(OBSERVER_DEGRADED);
    }

    @Test
    void notificationsSwitchedOff() {
        try (Jedis jedis = server.redis.client()) {
            final String flags = jedis.configGet(FLAGS).get(FLAGS);
            final long offNs = rig.broken();
            jedis.configSet(FLAGS, "");
            rig.awaitTold(OBSERVER_DEGRADED);
            rig.awaitBack(offNs);
            Await.pass(2_500);
            jedis.configSet(FLAGS, flags);
        }
        rig.assertOnly(OBSERVER_DEGRADED);
    }

    @Test
    @Tag("servers")
    void channelsTakenFromItsUser() {
        final long takenNs = rig.broken();
        server.acl("resetchannels");
        try {
            rig.awaitTold(OBSERVER_DEGRADED);
            rig.awaitBack(takenNs);
        } finally {
            server.acl(OneServer.MAY);
        }
        rig.assertOnly(OBSERVER_DEGRADED);
    }
}
