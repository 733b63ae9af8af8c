package io.plumbline.app.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is watched in a Redis beside its prices. */
final class AroundReader {
    private static final ValueReader<Duration> INTERVAL = Values.duration("50ms", "1h");
    private static final ValueReader<Duration> AGE = Values.duration("1ms", "30d");
    private static final ValueReader<Integer> COUNT = Values.integer(0, 1_000_000_000);

    private AroundReader() {}

    static AroundConfig read(final YamlMap at) {
        return new AroundConfig(all(at, "streams", "key", AroundReader::stream));
    }

    /** The items of a list, no two of which may have the same name. */
    private static <T> List<T> all(
            final YamlMap at,
            final String list,
            final String nameKey,
            final Function<YamlMap, T> reader) {
        final List<T> items = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final YamlValue item : at.list(list)) {
            final YamlMap map = item.map();
            final T read = reader.apply(map);
            map.done();
            final String name = map.value(nameKey, "", text -> text);
            if (!names.add(name)) {
                map.problem(nameKey, "\"" + name + "\" is given twice; remove one");
            }
            items.add(read);
        }
        return items;
    }

    private static AroundConfig.Stream stream(final YamlMap at) {
        return new AroundConfig.Stream(
                at.required("key", "\"tasks:queue\"", "", Values::text),
                texts(at, "groups"),
                at.value("every", Duration.ofSeconds(1), INTERVAL),
                at.value("lag", Duration.ofSeconds(5), AGE),
                at.value("pending", Duration.ofSeconds(30), AGE),
                at.value("idle", Duration.ofSeconds(30), AGE),
                at.value("most", 0, COUNT));
    }

    private static List<String> texts(final YamlMap at, final String key) {
        final List<String> texts = new ArrayList<>();
        for (final YamlValue item : at.list(key)) {
            texts.add(item.read("", Values::text));
        }
        return texts;
    }
}
