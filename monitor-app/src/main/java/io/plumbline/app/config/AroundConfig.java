package io.plumbline.app.config;

import io.plumbline.market.probe.ShapeRule;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is watched in a Redis beside its prices; all of it may be empty.
 *
 * @param streams streams and their consumer groups
 * @param queues lists that a consumer pops commands from
 * @param snapshots keys that are written again and again as a whole
 * @param events channels of events
 * @param noExpiry keys that should expire, whatever they hold
 */
public record AroundConfig(
        List<Stream> streams,
        List<Queue> queues,
        List<Snapshot> snapshots,
        List<Event> events,
        List<NoExpiry> noExpiry) {
    /** Nothing but prices. */
    public static final AroundConfig NONE =
            new AroundConfig(List.of(), List.of(), List.of(), List.of(), List.of());

    public AroundConfig {
        streams = List.copyOf(streams);
        queues = List.copyOf(queues);
        snapshots = List.copyOf(snapshots);
        events = List.copyOf(events);
        noExpiry = List.copyOf(noExpiry);
    }

    /**
     * A stream.
     *
     * @param groups groups that must be there; all that are there are judged
     * @param lag how long an entry may wait for its delivery
     * @param pending how long a delivered entry may wait for its acknowledgement
     * @param idle a consumer that was not seen for so long counts as idle
     * @param most entries that it may hold; 0 for no such rule
     */
    public record Stream(
            String key,
            List<String> groups,
            Duration every,
            Duration lag,
            Duration pending,
            Duration idle,
            int most) {
        public Stream {
            groups = List.copyOf(groups);
        }
    }

    /** The end of a list at which its consumer takes. */
    public enum End {
        /** BLPOP. */
        LEFT,
        /** BRPOP. */
        RIGHT;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A list of commands.
     *
     * @param most commands that may wait
     * @param age how long the first may wait
     * @param time where a command's time stands in its JSON; "" to go by how long it stands first
     * @param id where a command's id stands in its JSON
     * @param result the key of a command's result; "" where none are looked for
     * @param resultWithin how long after a command was taken its result may come
     */
    public record Queue(
            String key,
            End pop,
            Duration every,
            int most,
            Duration age,
            String time,
            String id,
            String result,
            Duration resultWithin) {}

    /**
     * Keys that are written again and again as a whole.
     *
     * @param pattern with the part that differs in braces
     * @param ids keys that must be there; empty for those that are found
     * @param age how old one may be
     * @param time where its time stands in its JSON; "" to go by when it last changed
     * @param ttl the expiry that every write sets; zero where none is expected
     */
    public record Snapshot(
            String pattern,
            List<String> ids,
            Duration every,
            Duration age,
            String time,
            Duration ttl) {
        public Snapshot {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Channels of events.
     *
     * @param pattern a Redis glob
     * @param by the field of the top that says of which kind a message is; "" for none
     * @param learn messages of a kind from which its shape is learned; 0 for declared ones only
     * @param silence a channel that spoke must speak again within; zero for no such rule
     */
    public record Event(
            String pattern, String by, int learn, Duration silence, List<Declared> shapes) {
        public Event {
            shapes = List.copyOf(shapes);
        }
    }

    /**
     * The declared shape of a channel's messages: by an example or by its fields.
     *
     * @param when which kind of message; "" for all
     * @param example a JSON message; "" without one
     * @param fields types by path; a path that ends with {@code ?} need not be there
     */
    public record Declared(
            String channel, String when, String example, Map<String, String> fields) {
        public Declared {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** What it comes to. */
        public ShapeRule rule() {
            return new ShapeRule(
                    channel,
                    when,
                    example.isEmpty() ? DeclaredShape.ofFields(fields) : DeclaredShape.of(example));
        }
    }

    /**
     * Keys that should expire.
     *
     * @param pattern a Redis glob
     */
    public record NoExpiry(String pattern, Duration every) {}

    public boolean isEmpty() {
        return equals(NONE);
    }
}
