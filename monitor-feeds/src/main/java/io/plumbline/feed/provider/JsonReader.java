package io.plumbline.feed.provider;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the messages of a provider of JSON. */
final class JsonReader {
    private static final String FROM_TOP = "$.";

    private JsonReader() {}

    static JsonFormat read(final Keys keys) {
        final JsonPath connection = path(keys, "connectionSequence");
        final List<JsonFormat.Message> messages = new ArrayList<>();
        for (final Keys message : MessageKeys.messages(keys)) {
            final JsonFormat.Message read = message(message);
            if (read.channel() != null) {
                messages.add(read);
            }
        }
        return new JsonFormat(messages, connection);
    }

    private static JsonFormat.Message message(final Keys keys) {
        final Channel channel = MessageKeys.channel(keys);
        final JsonMatch when = match(keys);
        final JsonPath items = path(keys, "items");
        final Map<FieldRole, JsonFormat.Field> fields =
                MessageKeys.fields(keys, channel, (from, role) -> field(from, role.label()));
        TimeForm unit = null;
        if (keys.given("time")) {
            final Keys time = keys.map("time");
            put(fields, FieldRole.TIME, needed(time, "path"));
            unit = MessageKeys.unit(time);
        }
        SequenceRule rule = SequenceRule.NONE;
        if (keys.given("sequence")) {
            final Keys sequence = keys.map("sequence");
            put(fields, FieldRole.SEQUENCE, needed(sequence, "path"));
            put(fields, FieldRole.PREVIOUS, field(sequence, "previous"));
            rule = MessageKeys.rule(sequence);
        }
        return new JsonFormat.Message(channel, when, items, fields, unit, rule);
    }

    private static void put(
            final Map<FieldRole, JsonFormat.Field> fields,
            final FieldRole role,
            final JsonFormat.Field field) {
        if (field != null) {
            fields.put(role, field);
        }
    }

    private static JsonFormat.Field needed(final Keys keys, final String key) {
        if (!keys.given(key)) {
            keys.problem(key, "missing; write `" + key + ": data.ts`");
            return null;
        }
        return field(keys, key);
    }

    /** A path from the element, or from the top of the message with {@code $.}; null without. */
    private static JsonFormat.Field field(final Keys keys, final String key) {
        final String text = keys.text(key, null);
        if (text == null) {
            return null;
        }
        final boolean fromTop = text.startsWith(FROM_TOP);
        final JsonPath path = parse(keys, key, fromTop ? text.substring(FROM_TOP.length()) : text);
        return path == null ? null : new JsonFormat.Field(path, fromTop);
    }

    /** A path from the top of the message; null where it is absent. */
    static JsonPath path(final Keys keys, final String key) {
        final String text = keys.text(key, null);
        return text == null
                ? null
                : parse(
                        keys,
                        key,
                        text.startsWith(FROM_TOP) ? text.substring(FROM_TOP.length()) : text);
    }

    private static JsonPath parse(final Keys keys, final String key, final String text) {
        try {
            return JsonPath.parse(text);
        } catch (final IllegalArgumentException e) {
            keys.problem(key, ProviderReader.quoted(text) + ' ' + e.getMessage());
            return null;
        }
    }

    /** The conditions of {@code when}; none where it is absent. */
    private static JsonMatch match(final Keys keys) {
        final List<JsonMatch.Condition> conditions = new ArrayList<>();
        keys.entries("when")
                .forEach(
                        (path, value) -> {
                            final JsonPath parsed = parse(keys, "when", path);
                            if (parsed != null) {
                                conditions.add(new JsonMatch.Condition(parsed, value));
                            }
                        });
        return new JsonMatch(conditions);
    }

    /** The same, where one at least is needed: without any every message would be meant. */
    static JsonMatch some(final Keys keys) {
        final JsonMatch match = match(keys);
        if (match.conditions().isEmpty()) {
            keys.problem("when", "missing; write `when: {type: subscribed}`");
        }
        return match;
    }
}
