package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Resolution;
import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** A writer that says in a stream or on a channel what it writes. */
@Tag("servers")
final class WriterTellsTest {
    private static final String STREAM = "pms:prices";
    private static final String KEY = "pms:price:S0";
    private static final KeyPattern PATTERN = KeyPattern.parse("pms:price:{symbol}");
    private static final WriterEntry ENTRY = new WriterEntry("", "s", PATTERN, "v", "n", false);

    @TempDir private Path folder;

    private RedisProcess redis(final RedisBinary binary) throws IOException {
        return new RedisProcess(
                        binary.assumePresent(), folder, List.of("notify-keyspace-events K$ghxe"))
                .start();
    }

    private static RedisRig stream(final RedisProcess redis, final String sequence) {
        final WriterEntry entry = new WriterEntry("", "s", PATTERN, "v", sequence, false);
        return new RedisRig(
                RedisSettings.parse("redis://127.0.0.1:" + redis.port())
                        .withOffers(
                                new RedisOffers(
                                        false, new RedisOffers.Stream(STREAM, entry), null)),
                RedisRig.plain(3));
    }

    @ParameterizedTest
    @EnumSource(RedisBinary.class)
    void everyEntryOfAStreamIsSeenAlsoAcrossALostConnection(final RedisBinary binary)
            throws IOException {
        try (RedisProcess redis = redis(binary)) {
            redis.client().xadd(STREAM, StreamEntryID.NEW_ENTRY, Map.of("s", "old", "v", "0"));
            try (RedisRig rig = stream(redis, "n");
                    Jedis writer = redis.client()) {
                rig.startFeed().awaitRung(Rung.STREAM);
                final int mark = rig.mark();
                final List<String> written = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    try (Pipeline pipeline = writer.pipelined()) {
                        for (int j = 0; j < 50; j++) {
                            final String value = Integer.toString(1 + 50 * i + j);
                            pipeline.set(KEY, value);
                            pipeline.xadd(
                                    STREAM,
                                    StreamEntryID.NEW_ENTRY,
                                    Map.of("s", "S0", "v", value, "n", value));
                            written.add(value);
                        }
                        pipeline.sync();
                    }
                    if (i == 40) {
                        kill(redis, "xread");
                    }
                }
                rig.await(
                        "all",
                        10_000,
                        () -> rig.since(mark, InboundType.REDIS_VALUE).size() >= written.size());
                rig.awaitRightView();
                final List<RedisRig.Seen> told =
                        rig.since(mark, InboundType.REDIS_VALUE).stream()
                                .filter(s -> s.resolution() == Resolution.EVERY_WRITE)
                                .toList();
                assertEquals(written, told.stream().map(RedisRig.Seen::price).toList());
                assertEquals(Rung.STREAM, told.get(0).rung());
                assertEquals(1, told.get(0).place());
                assertEquals(1, rig.counters.get(CounterId.REDIS_STREAM_RESUMES));
                assertEquals(0, rig.counters.get(CounterId.REDIS_TOLD_LOST));
                assertEquals(0, rig.counters.get(CounterId.REDIS_MISSED_UPDATES));
                assertEquals(List.of(), rig.facts(mark));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RedisBinary.class)
    void whatIsTrimmedUnreadIsCountedAndTheRungFalls(final RedisBinary binary) throws IOException {
        try (RedisProcess redis = redis(binary)) {
            redis.client()
                    .xadd(STREAM, StreamEntryID.NEW_ENTRY, Map.of("s", "S1", "v", "1", "n", "1"));
            try (RedisRig rig = stream(redis, binary.major() < 7 ? "n" : "");
                    Jedis writer = redis.client()) {
                rig.startFeed().awaitRung(Rung.STREAM);
                writer.xadd(STREAM, StreamEntryID.NEW_ENTRY, Map.of("s", "S1", "v", "2", "n", "2"));
                rig.awaitTold("S1", 0, s -> "2".equals(s.price()));
                try (Transaction transaction = writer.multi()) {
                    for (int i = 3; i < 13; i++) {
                        transaction.xadd(
                                STREAM,
                                StreamEntryID.NEW_ENTRY,
                                Map.of("s", "S0", "v", "" + i, "n", "" + i));
                    }
                    transaction.set(KEY, "12");
                    transaction.xtrim(STREAM, 2, false);
                    transaction.exec();
                }
                rig.awaitFact("OBSERVER_DEGRADED", 0);
                assertEquals(8, rig.counters.get(CounterId.REDIS_TOLD_LOST));
                rig.awaitRung(Rung.NOTIFICATION);
                rig.awaitRightView();
                assertTrue(
                        rig.feed().probe().toString().contains("not by stream: missed 8 writes"),
                        rig.feed().probe().toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RedisBinary.class)
    void aKeyThatDoesNotHoldWhatTheStreamSaidIsFound(final RedisBinary binary) throws IOException {
        try (RedisProcess redis = redis(binary)) {
            redis.client()
                    .xadd(STREAM, StreamEntryID.NEW_ENTRY, Map.of("s", "S1", "v", "1", "n", "1"));
            try (RedisRig rig = stream(redis, "n");
                    Jedis writer = redis.client()) {
                rig.startFeed().awaitRung(Rung.STREAM);
                writer.set(KEY, "7");
                writer.xadd(STREAM, StreamEntryID.NEW_ENTRY, Map.of("s", "S0", "v", "8", "n", "2"));
                rig.awaitTold("told", 0, s -> "8".equals(s.price()) && s.rung() == Rung.STREAM);
                rig.awaitTold("found", 0, s -> "7".equals(s.price()) && s.rung() == Rung.SWEEP);
                rig.awaitFact("OBSERVER_DEGRADED", 0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RedisBinary.class)
    void everyMessageOfAChannelIsSeenAndAHoleInItsSequenceIsALoss(final RedisBinary binary)
            throws IOException {
        try (RedisProcess redis = redis(binary);
                RedisRig rig =
                        new RedisRig(
                                RedisSettings.parse("redis://127.0.0.1:" + redis.port())
                                        .withOffers(
                                                new RedisOffers(
                                                        false,
                                                        null,
                                                        new RedisOffers.Channel(STREAM, ENTRY))),
                                RedisRig.plain(3));
                Jedis writer = redis.client()) {
            rig.startFeed().awaitRung(Rung.CHANNEL);
            final int mark = rig.mark();
            final List<String> written = new ArrayList<>();
            try (Pipeline pipeline = writer.pipelined()) {
                for (int i = 1; i <= 5_000; i++) {
                    pipeline.set(KEY, "" + i);
                    pipeline.publish(STREAM, message(i, i));
                    written.add("" + i);
                }
            }
            rig.awaitTold("last", mark, s -> "5000".equals(s.price()));
            assertEquals(
                    written,
                    rig.since(mark, InboundType.REDIS_VALUE).stream()
                            .filter(s -> s.resolution() == Resolution.EVERY_WRITE)
                            .map(RedisRig.Seen::price)
                            .toList());
            assertEquals(0, rig.counters.get(CounterId.REDIS_TOLD_LOST));
            assertEquals(List.of(), rig.facts(mark));
            writer.publish(STREAM, "no json");
            writer.set(KEY, "6000");
            writer.publish(STREAM, message(5_006, 6_000));
            rig.awaitFact("OBSERVER_DEGRADED", mark);
            assertEquals(5, rig.counters.get(CounterId.REDIS_TOLD_LOST));
            assertEquals(1, rig.counters.get(CounterId.REDIS_TOLD_UNREADABLE));
            rig.awaitRung(Rung.NOTIFICATION);
            rig.awaitRightView();
        }
    }

    private static String message(final int sequence, final int value) {
        return "{\"s\":\"S0\",\"v\":\"" + value + "\",\"n\":" + sequence + '}';
    }

    private static void kill(final RedisProcess redis, final String command) {
        try (Jedis jedis = redis.client()) {
            jedis.clientList()
                    .lines()
                    .filter(
                            line ->
                                    line.contains("name=plumbline")
                                            && line.contains("cmd=" + command))
                    .map(line -> line.substring(3, line.indexOf(' ')))
                    .forEach(
                            id ->
                                    jedis.clientKill(
                                            ClientKillParams.clientKillParams()
                                                    .id(id)
                                                    .type(ClientType.NORMAL)));
        }
    }
}
