package io.plumbline.app.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a Redis tells of every write, as YAML that loads to the same again. */
final class ToldPrinter {
    private ToldPrinter() {}

    /** Adds what is opened to a server. */
    static void print(final ToldConfig told, final Map<String, Object> server) {
        if (told.replicationTap()) {
            server.put("replicationTap", true);
        }
        if (told.stream() != null) {
            server.put("writerStream", source(told.stream()));
        }
        if (told.channel() != null) {
            server.put("writerChannel", source(told.channel()));
        }
    }

    private static Map<String, Object> source(final ToldConfig.Source source) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", Interpolation.escape(source.name()));
        if (source.symbol().isEmpty()) {
            map.put("key", Interpolation.escape(source.key()));
        } else {
            map.put("symbol", Interpolation.escape(source.symbol()));
            map.put("pattern", Interpolation.escape(source.pattern()));
        }
        map.put("value", Interpolation.escape(source.value()));
        if (!source.sequence().isEmpty()) {
            map.put("sequence", Interpolation.escape(source.sequence()));
        }
        map.put("perKey", source.perKey());
        return map;
    }
}
