package io.plumbline.feed.redis;

import io.plumbline.feed.redis.RungReport.Answer;
import io.plumbline.feed.redis.RungReport.Offer;
import io.plumbline.feed.redis.RungReport.Permission;
import io.plumbline.market.Rung;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks one node which rungs it allows. Every question is a read, or concerns only the connection
 * that asks and is closed behind it; PSYNC, which cannot be asked harmlessly, is never sent. The
 * thread that calls it waits.
 */
final class RungProbe {
    private static final int PINGS = 15;
    private static final String PSYNC = "psync";
    private static final String REPLCONF = "replconf";
    private static final String TRACKING = "client|tracking";
    private static final String SUBSCRIBE = "psubscribe";

    private final RedisSettings settings;
    private final List<String> keys;
    private final boolean hashes;
    private final EpochNanoClock clock;
    private final Map<String, Permission> permissions = new LinkedHashMap<>();
    private RedisLink link;
    private String user = "default";

    private RungProbe(
            final RedisSettings settings,
            final List<String> keys,
            final boolean hashes,
            final EpochNanoClock clock) {
        this.settings = settings;
        this.keys = keys;
        this.hashes = hashes;
        this.clock = clock;
    }

    /** One node; it is told where it cannot be asked. */
    static RungReport ask(
            final RedisSettings settings,
            final List<String> keys,
            final boolean hashes,
            final EpochNanoClock clock) {
        final RungProbe probe = new RungProbe(settings, keys, hashes, clock);
        try {
            probe.link = RedisLink.forData(settings);
            return probe.report();
        } catch (final JedisException failure) {
            return RungReport.failed(settings.node(), RedisLink.reason(failure, settings));
        } finally {
            if (probe.link != null) {
                probe.link.cut();
            }
        }
    }

    private RungReport report() {
        final long roundTripNs = roundTrip();
        final String info = text(tried("info", Command.INFO));
        final ReplicationInfo replication = ReplicationInfo.parse(info);
        final Object self = tried("acl|whoami", Command.ACL, "WHOAMI");
        user = self == null ? settings.access().user() : text(self);
        final String key = keys.get(0);
        tried("get", Command.GET, key);
        tried("mget", Command.MGET, key);
        if (hashes) {
            tried("hmget", Command.HMGET, key, "f");
        }
        tried("pttl", Command.PTTL, key);
        tried("time", Command.TIME);
        tried("role", Command.ROLE);
        tried("config|get", Command.CONFIG, "GET", "notify-keyspace-events");
        subscription();
        tracking();
        replicationUser();
        final List<Offer> offers = new ArrayList<>();
        offers.add(replication(replication, info));
        offers.add(stream());
        offers.add(channel());
        offers.add(notification());
        offers.add(trackingOffer());
        offers.add(
                offer(
                        Rung.SAMPLING,
                        may("mget") && (!hashes || may("hmget")),
                        "",
                        "a read every "
                                + settings.samplingIntervalNs() / 1_000_000L
                                + " ms: what comes and goes in between is not seen",
                        grant("+mget +hmget +pttl")));
        return new RungReport(
                settings.node(),
                "",
                line(info, "redis_version"),
                replication.role(),
                user,
                roundTripNs,
                List.copyOf(offers),
                List.copyOf(permissions.values()));
    }

    private long roundTrip() {
        final long[] tripsNs = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            final long sentNs = clock.epochNanos();
            tried("ping", Command.PING);
            tripsNs[i] = clock.epochNanos() - sentNs;
        }
        Arrays.sort(tripsNs);
        return tripsNs[PINGS / 2];
    }

    private Offer replication(final ReplicationInfo replication, final String info) {
        if (!may("info")) {
            return offer(Rung.REPLICATION, false, "INFO is refused", "", grant("+info"));
        }
        final String refusal = replication.refusal();
        if (!refusal.isEmpty()) {
            return offer(
                    Rung.REPLICATION,
                    false,
                    refusal,
                    "",
                    "attach a replica, once: redis-cli -h REPLICA REPLICAOF "
                            + settings.node().host()
                            + ' '
                            + settings.node().port());
        }
        if (answer(PSYNC) == Answer.NO || answer(REPLCONF) == Answer.NO) {
            return offer(
                    Rung.REPLICATION,
                    false,
                    "the user may not join it",
                    "",
                    grant("+psync +replconf"));
        }
        final String where =
                replication.replicas().isEmpty()
                        ? "would attach to this node, which then shows a replica with port 0"
                        : "would attach to its replica " + replication.replicas().get(0);
        return offer(
                Rung.REPLICATION,
                true,
                "",
                where
                        + "; backlog of "
                        + line(info, "repl_backlog_size")
                        + " bytes"
                        + (answer(PSYNC) == Answer.UNKNOWN
                                ? "; whether PSYNC is allowed is shown" + " when it is tried"
                                : ""),
                settings.rungs().contains(Rung.REPLICATION) ? "" : "replicationTap: true");
    }

    private Offer stream() {
        final RedisOffers.Stream stream = settings.offers().stream();
        if (stream == null) {
            return offer(
                    Rung.STREAM,
                    false,
                    "the configuration names no stream of the writer",
                    "",
                    "writerStream: {name: pms:prices, symbol: symbol, value: price}");
        }
        tried("xread", Command.XREAD, "COUNT", "1", "STREAMS", stream.key(), "$");
        final Object found = tried("xinfo|stream", Command.XINFO, "STREAM", stream.key());
        return offer(
                Rung.STREAM,
                found != null && may("xread"),
                permissions.get("xinfo|stream").reason(),
                proof(
                        stream.entry().sequence().isEmpty()
                                && found instanceof List<?>
                                && ((List<?>) found).stream().noneMatch(RungProbe::countsEntries)),
                grant("+xread +xinfo ~" + stream.key()));
    }

    private static boolean countsEntries(final Object part) {
        return part instanceof byte[] && text(part).equals("entries-added");
    }

    private static String proof(final boolean missing) {
        return missing ? "no loss proof: name the `sequence`" : "a loss is counted";
    }

    private Offer channel() {
        final RedisOffers.Channel channel = settings.offers().channel();
        if (channel == null) {
            return offer(
                    Rung.CHANNEL,
                    false,
                    "the configuration names no channel of the writer",
                    "",
                    "writerChannel: {name: pms:prices, symbol: symbol, value: price, sequence: n}");
        }
        apart("subscribe", false, link -> link.ask(Command.SUBSCRIBE, channel.name()));
        return offer(
                Rung.CHANNEL,
                may("subscribe"),
                permissions.get("subscribe").reason(),
                proof(channel.entry().sequence().isEmpty()),
                grant("+subscribe &" + channel.name()));
    }

    private Offer notification() {
        final NotifyFlags flags = may("config|get") ? NotifyFlags.ask(link) : NotifyFlags.of(null);
        final String missing = flags.known() ? flags.missing(hashes) : "";
        if (!may(SUBSCRIBE)) {
            return offer(
                    Rung.NOTIFICATION,
                    false,
                    permissions.get(SUBSCRIBE).reason(),
                    "",
                    grant("+psubscribe +subscribe +ping " + channels()));
        }
        if (!flags.known()) {
            return offer(
                    Rung.NOTIFICATION,
                    false,
                    "CONFIG GET is refused, so it is not known whether notifications are on",
                    "",
                    grant("+config|get"));
        }
        return offer(
                Rung.NOTIFICATION,
                missing.isEmpty(),
                "notify-keyspace-events is " + flags + " and lacks " + missing,
                "every write is told, then the latest value is read",
                "redis-cli " + flags.remedy());
    }

    private Offer trackingOffer() {
        return offer(
                Rung.TRACKING,
                may(TRACKING),
                permissions.get(TRACKING).reason(),
                "needs nothing on the server; several writes may come as one",
                grant("+client|tracking +client|id +hello"));
    }

    private void subscription() {
        apart(
                SUBSCRIBE,
                false,
                apart -> apart.ask(Command.PSUBSCRIBE, patterns().toArray(String[]::new)));
    }

    private List<String> patterns() {
        return KeyPrefixes.of(keys).stream()
                .map(
                        prefix ->
                                "__keyspace@"
                                        + settings.database()
                                        + "__:"
                                        + KeyPattern.escaped(prefix)
                                        + "*")
                .toList();
    }

    private String channels() {
        return "&" + String.join(" &", patterns());
    }

    private void tracking() {
        apart(
                TRACKING,
                true,
                apart ->
                        apart.ask(
                                Command.CLIENT,
                                "TRACKING",
                                "ON",
                                "BCAST",
                                "PREFIX",
                                KeyPrefixes.of(keys).get(0)));
    }

    /** What replicas do is not done to find out; Redis 7.0 and later tell whether they might. */
    private void replicationUser() {
        for (final String command : List.of(PSYNC, REPLCONF)) {
            final List<String> dry =
                    command.equals(PSYNC)
                            ? List.of("DRYRUN", user, command, "id", "1")
                            : List.of("DRYRUN", user, command, "ack", "0");
            Permission answer;
            try {
                final String said = text(link.ask(Command.ACL, dry.toArray(String[]::new)));
                answer =
                        said.equals("OK")
                                ? new Permission(command, Answer.YES, "")
                                : new Permission(command, Answer.NO, said);
            } catch (final JedisConnectionException lost) {
                throw lost;
            } catch (final JedisDataException refused) {
                answer =
                        new Permission(
                                command,
                                Answer.UNKNOWN,
                                "ACL DRYRUN does not tell (" + refused.getMessage() + ")");
            }
            permissions.put(command, answer);
        }
    }

    /** A question on a connection of its own. */
    private interface Question {
        Object ask(RedisLink link) throws IOException;
    }

    private void apart(final String what, final boolean resp3, final Question question) {
        RedisLink own = null;
        try {
            own = RedisLink.forPush(settings, resp3);
            question.ask(own);
            permissions.put(what, new Permission(what, Answer.YES, ""));
        } catch (final JedisDataException | IOException refused) {
            permissions.put(what, new Permission(what, Answer.NO, refused.getMessage()));
        } finally {
            if (own != null) {
                own.cut();
            }
        }
    }

    /** A question on the common connection; null where it is refused. */
    private Object tried(final String what, final Command command, final String... arguments) {
        try {
            final Object reply = link.ask(command, arguments);
            permissions.put(what, new Permission(what, Answer.YES, ""));
            return reply == null ? "" : reply;
        } catch (final JedisConnectionException lost) {
            throw lost;
        } catch (final JedisDataException refused) {
            final String said = String.valueOf(refused.getMessage());
            final boolean permitted =
                    said.startsWith("WRONGTYPE")
                            || said.startsWith("MOVED ")
                            || said.startsWith("ASK ");
            permissions.put(what, new Permission(what, permitted ? Answer.YES : Answer.NO, said));
            return null;
        }
    }

    private boolean may(final String what) {
        return answer(what) == Answer.YES;
    }

    private Answer answer(final String what) {
        final Permission permission = permissions.get(what);
        return permission == null ? Answer.UNKNOWN : permission.answer();
    }

    private Offer offer(
            final Rung rung,
            final boolean allowed,
            final String whyNot,
            final String note,
            final String command) {
        return new Offer(
                rung,
                settings.rungs().contains(rung),
                allowed,
                allowed ? note : whyNot,
                allowed && rung != Rung.REPLICATION ? "" : command);
    }

    private String grant(final String rules) {
        return "redis-cli ACL SETUSER " + user + ' ' + rules;
    }

    private static String line(final String info, final String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ':'))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    static String text(final Object reply) {
        return reply instanceof byte[]
                ? new String((byte[]) reply, StandardCharsets.UTF_8)
                : reply == null ? "" : String.valueOf(reply);
    }
}
