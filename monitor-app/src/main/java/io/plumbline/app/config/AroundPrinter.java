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

    private static String text(final String value) {
        return value == null ? null : Interpolation.escape(value);
    }

    private static String time(final Duration duration) {
        return Durations.print(duration);
    }
}
