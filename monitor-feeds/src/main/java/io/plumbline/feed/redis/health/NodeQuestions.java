package io.plumbline.feed.redis.health;

import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.health.NodeReport.OwnClients;
import io.plumbline.feed.redis.health.NodeReport.SlowLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The questions to one node that are asked less often and that it may refuse. What it refuses is
 * kept with the reason and asked again after a minute. Probe thread.
 */
final class NodeQuestions {
    private static final long REFUSED_NS = 60_000_000_000L;
    private static final int SLOW_SHOWN = 10;
    private static final Pattern COMMAND = Pattern.compile("[A-Z0-9._-]{1,32}");

    /** More clients than this are not listed: the answer would be megabytes. */
    private static final int MOST_CLIENTS = 1_000;

    private final String clientName;
    private final Map<String, Long> refusedUntilNs = new LinkedHashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private SlowLog slow;
    private OwnClients own;
    private String notifyFlags;

    NodeQuestions(final String clientName) {
        this.clientName = clientName;
    }

    void ask(final ProbeLink link, final long clients, final long nowNs) {
        final Object length = ask(link, nowNs, Command.SLOWLOG, "LEN");
        if (length != null) {
            slow =
                    new SlowLog(
                            ProbeLink.number(length, 0),
                            slow(ask(link, nowNs, Command.SLOWLOG, "GET", "" + SLOW_SHOWN)));
        }
        if (clients >= 0 && clients <= MOST_CLIENTS) {
            final Object list = ask(link, nowNs, Command.CLIENT, "LIST");
            if (list != null) {
                own = own(ProbeLink.text(list), clientName);
            }
        }
        final Object flags = ask(link, nowNs, Command.CONFIG, "GET", "notify-keyspace-events");
        if (flags != null) {
            notifyFlags = ProbeLink.text(ProbeLink.fields(flags).get("notify-keyspace-events"));
        }
    }

    SlowLog slow() {
        return slow;
    }

    OwnClients own() {
        return own;
    }

    String notifyFlags() {
        return notifyFlags;
    }

    List<String> refused() {
        return List.copyOf(reasons.values());
    }

    /** The answer, null where it is refused. */
    private Object ask(
            final ProbeLink link,
            final long nowNs,
            final Command command,
            final String... arguments) {
        final String question = command + " " + arguments[0];
        if (refusedUntilNs.getOrDefault(question, Long.MIN_VALUE) > nowNs) {
            return null;
        }
        try {
            final Object answer = link.ask(command, arguments);
            refusedUntilNs.remove(question);
            reasons.remove(question);
            return answer;
        } catch (final JedisDataException refusal) {
            refusedUntilNs.put(question, nowNs + REFUSED_NS);
            reasons.put(question, question + ": " + refusal.getMessage());
            return null;
        }
    }

    /** {@code [id, time, microseconds, [command, argument, ...], ...]} each. */
    static List<SlowLog.Slow> slow(final Object reply) {
        final List<SlowLog.Slow> entries = new ArrayList<>();
        for (final Object item : ProbeLink.list(reply)) {
            final List<?> parts = ProbeLink.list(item);
            if (parts.size() >= 4 && !ProbeLink.list(parts.get(3)).isEmpty()) {
                entries.add(
                        new SlowLog.Slow(
                                ProbeLink.number(parts.get(0), 0),
                                ProbeLink.number(parts.get(1), 0),
                                ProbeLink.number(parts.get(2), 0),
                                command(ProbeLink.text(ProbeLink.list(parts.get(3)).get(0)))));
            }
        }
        return List.copyOf(entries);
    }

    /** A name and nothing that could be a value. */
    private static String command(final String first) {
        final String name = first == null ? "" : first.toUpperCase(Locale.ROOT);
        return COMMAND.matcher(name).matches() ? name : "?";
    }

    /** The lines of CLIENT LIST that carry our name. */
    static OwnClients own(final String list, final String name) {
        int connections = 0;
        long most = 0;
        for (final String line : list.split("\n")) {
            if ((" " + line + " ").contains(" name=" + name + " ")) {
                connections++;
                final int at = line.indexOf(" omem=");
                if (at >= 0) {
                    most = Math.max(most, Long.parseLong(line.substring(at + 6).split(" ")[0]));
                }
            }
        }
        return new OwnClients(name, connections, most);
    }
}
