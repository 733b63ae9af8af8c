package io.plumbline.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.Recordings.Line;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A recording that was broken on purpose, with what must be said of it. Ids are read with Jackson:
 * nothing of the monitor's own decoding is asked.
 */
final class BrokenRecording {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
                    .withZone(ZoneOffset.UTC);

    /** What is done to a stretch of a stream. */
    private enum Harm {
        /** Up to three messages in a row are missing. */
        DROP,
        /** One message stands there twice. */
        DUPLICATE,
        /** Two neighbours have changed places. */
        SWAP
    }

    /**
     * A message of a stream.
     *
     * @param index its line
     * @param first the first id that it covers, by which a hole before it is measured
     * @param shown the first id that it carries itself
     * @param last the last id in it
     */
    private record Message(int index, long first, long shown, long last) {}

    /**
     * A finding as it must be.
     *
     * @param index the line that shows it
     * @param text kind and evidence
     */
    private record Expected(int index, long atNs, String text) {}

    private final List<Line> lines;
    private final List<Line> broken = new ArrayList<>();
    private final List<Expected> expected = new ArrayList<>();

    /** The line that takes a line's place, or itself. */
    private final int[] place;

    private final boolean[] dropped;
    private final boolean[] twice;

    /**
     * @param harms how many times each kind of harm is done to each channel
     */
    BrokenRecording(final List<Line> lines, final long seed, final int harms) throws IOException {
        this.lines = lines;
        place = new int[lines.size()];
        for (int i = 0; i < place.length; i++) {
            place[i] = i;
        }
        dropped = new boolean[lines.size()];
        twice = new boolean[lines.size()];
        final Random random = new Random(seed);
        harm("trade", random, harms);
        harm("depthUpdate", random, harms);
        for (int i = 0; i < place.length; i++) {
            final Line line = new Line(lines.get(i).stampNs(), lines.get(place[i]).json());
            for (int n = dropped[i] ? 0 : twice[i] ? 2 : 1; n > 0; n--) {
                broken.add(line);
            }
        }
        expected.sort(Comparator.comparingInt(Expected::index));
    }

    /** The broken lines. */
    List<Line> lines() {
        return broken;
    }

    /** What must be found, with its time, when a gap is told at once. */
    List<String> expectedAtOnce() {
        return expected.stream().map(e -> NANOS.format(instant(e.atNs)) + ' ' + e.text).toList();
    }

    /** The same without times, when what was swapped is waited for: no gap is told before it. */
    List<String> expectedWithPatience() {
        final List<String> patient = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            if (!swaps(i)) {
                patient.add(expected.get(i).text);
            }
        }
        return patient.stream().sorted().toList();
    }

    private boolean swaps(final int index) {
        final String id = word(expected.get(index).text, "missingTo=");
        return id != null
                && expected.stream()
                        .anyMatch(
                                e ->
                                        e.text.startsWith("SEQUENCE_REORDER ")
                                                && e.text.endsWith(" observed=" + id));
    }

    private static String word(final String text, final String name) {
        final int at = text.indexOf(name);
        final int end = text.indexOf(' ', at);
        return at < 0 ? null : text.substring(at + name.length(), end < 0 ? text.length() : end);
    }

    /** The same words of what was found. */
    static String text(final JsonNode finding) {
        final JsonNode evidence = finding.path("evidence");
        final String head =
                finding.path("kind").asText() + ' ' + finding.path("channel").asText() + ' ';
        return evidence.has("missingFrom")
                ? head
                        + gap(
                                evidence.path("missingFrom").asLong(),
                                evidence.path("missingTo").asLong(),
                                evidence.path("missingCount").asLong(),
                                evidence.path("expected").asLong(),
                                evidence.path("observed").asLong())
                : head
                        + seen(
                                evidence.path("expected").asLong(),
                                evidence.path("observed").asLong());
    }

    private static String gap(
            final long from, final long to, final long count, final long next, final long seen) {
        return "missingFrom="
                + from
                + " missingTo="
                + to
                + " missingCount="
                + count
                + ' '
                + seen(next, seen);
    }

    private static String seen(final long next, final long seen) {
        return "expected=" + next + " observed=" + seen;
    }

    private static Instant instant(final long epochNs) {
        return Instant.ofEpochSecond(epochNs / 1_000_000_000L, epochNs % 1_000_000_000L);
    }

    private void harm(final String event, final Random random, final int harms) throws IOException {
        final List<Message> stream = stream(event);
        final String channel = event.equals("trade") ? "trade" : "depth";
        final int stretches = stream.size() / 8 - 2;
        final List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < stretches; i++) {
            starts.add(8 * i + 2);
        }
        Collections.shuffle(starts, random);
        for (int i = 0; i < harms * Harm.values().length; i++) {
            final int at = starts.get(i);
            switch (Harm.values()[i % Harm.values().length]) {
                case DROP -> drop(stream, channel, at, 1 + random.nextInt(3));
                case DUPLICATE -> duplicate(stream.get(at), channel);
                case SWAP -> swap(stream.get(at - 1), stream.get(at), stream.get(at + 1), channel);
            }
        }
    }

    private List<Message> stream(final String event) throws IOException {
        final List<Message> stream = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final JsonNode data = JSON.readTree(lines.get(i).json()).path("data");
            if (event.equals(data.path("e").asText())) {
                final boolean trade = event.equals("trade");
                final long shown = data.path(trade ? "t" : "U").asLong();
                final long last = data.path(trade ? "t" : "u").asLong();
                final long first = data.has("pu") ? data.path("pu").asLong() + 1 : shown;
                stream.add(new Message(i, first, shown, last));
            }
        }
        return stream;
    }

    private void drop(
            final List<Message> stream, final String channel, final int at, final int count) {
        for (int i = 0; i < count; i++) {
            dropped[stream.get(at + i).index] = true;
        }
        hole(channel, stream.get(at - 1).last + 1, stream.get(at + count), at(stream, at + count));
    }

    private static int at(final List<Message> stream, final int position) {
        return stream.get(position).index;
    }

    /** A hole up to {@code next} is shown by the line {@code index}. */
    private void hole(final String channel, final long from, final Message next, final int index) {
        final long to = next.first - 1;
        tell(
                index,
                "SEQUENCE_GAP " + channel + ' ' + gap(from, to, to - from + 1, from, next.shown));
    }

    private void duplicate(final Message message, final String channel) {
        twice[message.index] = true;
        tell(
                message.index,
                "SEQUENCE_DUPLICATE " + channel + ' ' + seen(message.last + 1, message.last));
    }

    private void swap(
            final Message before, final Message one, final Message two, final String channel) {
        place[one.index] = two.index;
        place[two.index] = one.index;
        hole(channel, before.last + 1, two, one.index);
        tell(two.index, "SEQUENCE_REORDER " + channel + ' ' + seen(two.last + 1, one.last));
    }

    private void tell(final int index, final String text) {
        expected.add(new Expected(index, lines.get(index).stampNs(), text));
    }
}
