package io.plumbline.app.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What is watched beside the prices, as YAML that loads to the same again. */
final class AroundPrinter {
    private AroundPrinter() {}

    /** Adds the lists that are not empty to a server. */
    static void print(final AroundConfig around, final Map<String, Object> server) {
        put(server, "streams", around.streams(), AroundPrinter::stream);
        put(server, "queues", around.queues(), AroundPrinter::queue);
        put(server, "snapshots", around.snapshots(), AroundPrinter::snapshot);
        put(server, "events", around.events(), AroundPrinter::event);
        put(server, "noExpiry", around.noExpiry(), AroundPrinter::noExpiry);
    }

    private static <T> void put(
            final Map<String, Object> server,
            final String key,
            final List<T> items,
            final Function<T, Map<String, Object>> printer) {
        if (!items.isEmpty()) {
            server.put(key, items.stream().map(printer).toList());
        }
    }

    private static Map<String, Object> stream(final AroundConfig.Stream stream) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", text(stream.key()));
        map.put("groups", stream.groups().stream().map(AroundPrinter::text).toList());
        map.put("every", time(stream.every()));
        map.put("lag", time(stream.lag()));
        map.put("pending", time(stream.pending()));
        map.put("idle", time(stream.idle()));
        map.put("most", stream.most());
        return map;
    }

    private static Map<String, Object> queue(final AroundConfig.Queue queue) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", text(queue.key()));
        map.put("pop", queue.pop().label());
        map.put("every", time(queue.every()));
        map.put("most", queue.most());
        map.put("age", time(queue.age()));
        map.put("time", text(queue.time()));
        map.put("id", text(queue.id()));
        map.put("result", text(queue.result()));
        map.put("resultWithin", time(queue.resultWithin()));
        return map;
    }

    private static Map<String, Object> snapshot(final AroundConfig.Snapshot snapshot) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("pattern", text(snapshot.pattern()));
        map.put("ids", snapshot.ids().stream().map(AroundPrinter::text).toList());
        map.put("every", time(snapshot.every()));
        map.put("age", time(snapshot.age()));
        map.put("time", text(snapshot.time()));
        map.put("ttl", time(snapshot.ttl()));
        return map;
    }

    private static Map<String, Object> event(final AroundConfig.Event event) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("pattern", text(event.pattern()));
        map.put("by", event.by().isEmpty() ? "none" : text(event.by()));
        map.put("learn", event.learn());
        map.put("silence", time(event.silence()));
        map.put("shapes", event.shapes().stream().map(AroundPrinter::declared).toList());
        return map;
    }

    private static Map<String, Object> declared(final AroundConfig.Declared declared) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("channel", text(declared.channel()));
        map.put("when", text(declared.when()));
        map.put("example", text(declared.example()));
        final Map<String, Object> fields = new LinkedHashMap<>();
        declared.fields().forEach((path, type) -> fields.put(path, text(type)));
        map.put("fields", fields.isEmpty() ? null : fields);
        return map;
    }

    private static Map<String, Object> noExpiry(final AroundConfig.NoExpiry noExpiry) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("pattern", text(noExpiry.pattern()));
        map.put("every", time(noExpiry.every()));
        return map;
    }

    /** What is not given is null, so that it is not given when it is read again. */
    private static String text(final String value) {
        return value.isEmpty() ? null : Interpolation.escape(value);
    }

    private static String time(final Duration duration) {
        return Durations.print(duration);
    }
}
