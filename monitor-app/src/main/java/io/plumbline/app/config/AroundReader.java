package io.plumbline.app.config;

import io.plumbline.feed.redis.KeyForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What is watched in a Redis beside its prices. */
final class AroundReader {
    private static final ValueReader<Duration> INTERVAL = Values.duration("50ms", "1h");
    private static final ValueReader<Duration> AGE = Values.duration("1ms", "30d");
    private static final ValueReader<Integer> COUNT = Values.integer(0, 1_000_000_000);

    private AroundReader() {}

    static AroundConfig read(final YamlMap at) {
        return new AroundConfig(
                all(at, "streams", "key", AroundReader::stream),
                all(at, "queues", "key", AroundReader::queue),
                all(at, "snapshots", "pattern", AroundReader::snapshot),
                all(at, "events", "pattern", AroundReader::event),
                all(at, "noExpiry", "pattern", AroundReader::noExpiry));
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

    private static AroundConfig.Queue queue(final YamlMap at) {
        final AroundConfig.Queue queue =
                new AroundConfig.Queue(
                        at.required("key", "\"pms:cmd:trade\"", "", Values::text),
                        at.value(
                                "pop",
                                AroundConfig.End.LEFT,
                                Values.choice(
                                        "end of a list",
                                        List.of(AroundConfig.End.values()),
                                        AroundConfig.End::label)),
                        at.value("every", Duration.ofMillis(250), INTERVAL),
                        at.value("most", 100, COUNT),
                        at.value("age", Duration.ofSeconds(2), AGE),
                        at.value("time", "", Values::text),
                        at.value("id", "id", Values::text),
                        at.value("result", "", Values::text),
                        at.value("resultWithin", Duration.ofSeconds(5), AGE));
        if (!queue.result().isEmpty() && !new KeyForm(queue.result()).isOpen()) {
            at.problem("result", "has no part for the id; write `result: \"pms:result:{id}\"`");
        }
        return queue;
    }

    private static AroundConfig.Snapshot snapshot(final YamlMap at) {
        final AroundConfig.Snapshot snapshot =
                new AroundConfig.Snapshot(
                        at.required("pattern", "\"pms:risk:{subAccountId}\"", "", Values::text),
                        texts(at, "ids"),
                        at.value("every", Duration.ofSeconds(5), INTERVAL),
                        at.value("age", Duration.ofSeconds(60), AGE),
                        at.value("time", "", Values::text),
                        at.value("ttl", Duration.ofSeconds(120), Values.duration("0s", "365d")));
        if (!snapshot.ids().isEmpty() && !new KeyForm(snapshot.pattern()).isOpen()) {
            at.problem(
                    "ids",
                    "the pattern has no part for them; put {subAccountId} into it or remove `ids`");
        }
        return snapshot;
    }

    private static AroundConfig.Event event(final YamlMap at) {
        final List<AroundConfig.Declared> shapes = new ArrayList<>();
        for (final YamlValue item : at.list("shapes")) {
            final YamlMap shape = item.map();
            shapes.add(declared(shape));
            shape.done();
        }
        return new AroundConfig.Event(
                at.required("pattern", "\"pms:events:*\"", "", Values::text),
                at.value("by", "type", text -> text.equals("none") ? "" : Values.text(text)),
                at.value("learn", 20, Values.integer(0, 10_000)),
                at.value("silence", Duration.ZERO, Values.duration("0s", "30d")),
                shapes);
    }

    private static AroundConfig.Declared declared(final YamlMap at) {
        final Map<String, String> fields = new LinkedHashMap<>();
        final YamlMap given = at.map("fields");
        for (final String path : given.names()) {
            fields.put(
                    path,
                    given.value(
                            path,
                            "any",
                            text -> {
                                DeclaredShape.mask(text);
                                return text;
                            }));
        }
        final String example =
                at.value(
                        "example",
                        "",
                        text -> {
                            DeclaredShape.of(Values.text(text));
                            return text;
                        });
        if (example.isEmpty() == fields.isEmpty()) {
            at.problem(
                    "example",
                    "a shape is declared by one of both; write `example: '{\"id\": 1}'` or"
                            + " `fields: {id: number}`");
        }
        return new AroundConfig.Declared(
                at.required("channel", "\"pms:events:order\"", "", Values::text),
                at.value("when", "", Values::text),
                example,
                fields);
    }

    private static AroundConfig.NoExpiry noExpiry(final YamlMap at) {
        return new AroundConfig.NoExpiry(
                at.required("pattern", "\"tasks:cache:*\"", "", Values::text),
                at.value("every", Duration.ofSeconds(60), INTERVAL));
    }

    private static List<String> texts(final YamlMap at, final String key) {
        final List<String> texts = new ArrayList<>();
        for (final YamlValue item : at.list(key)) {
            texts.add(item.read("", Values::text));
        }
        return texts;
    }
}
