package io.plumbline.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.plumbline.inbound.InboundMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferenceTest {
    private static final int MOST_WAITING = 100;

    private final List<String> changes = new ArrayList<>();
    @TempDir private Path folder;

    private static String line(final int second, final String edge, final String key) {
        return line(second, edge, key, 1);
    }

    private static String line(
            final int second, final String edge, final String key, final int lag) {
        return "{\"kind\":\"PRICE_LATE\",\"edge\":\""
                + edge
                + "\",\"detector\":\"price\",\"at\":\""
                + Instant.ofEpochSecond(second)
                + "\",\"fingerprint\":\""
                + key
                + "\",\"evidence\":{\"lagNs\":"
                + lag
                + "}}";
    }

    private DifferenceCount compare(final List<String> before, final List<String> after)
            throws IOException {
        return compare(before, after, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private DifferenceCount compare(
            final List<String> before, final List<String> after, final long from, final long to)
            throws IOException {
        changes.clear();
        final Path file = Files.write(folder.resolve("before.ndjson"), before);
        try (FindingsFile findings = new FindingsFile(file)) {
            final Difference difference =
                    new Difference(
                            findings,
                            from,
                            to,
                            change -> changes.add(change.sentence()),
                            MOST_WAITING);
            difference.onMessage(message(0), 0, true);
            for (final String line : after) {
                difference.after(line);
            }
            difference.onMessage(message(9_000), 9_000_000_000_000L, true);
            return difference.end();
        }
    }

    private static InboundMessage message(final long second) {
        return new InboundMessage().set(null, 0, 0, 0, second * 1_000_000_000L, new byte[0], 0, 0);
    }

    @Test
    void equalFindingsAreTheSame() throws IOException {
        final List<String> both =
                List.of(line(1, "open", "a"), line(1, "open", "b"), line(500, "close", "a"));
        final DifferenceCount count = compare(both, both);
        assertFalse(count.isAny());
        assertEquals(3, count.same());
        assertEquals(2, count.sameCases());
    }

    @Test
    void shouldTellNewGoneAndChangedApart() throws IOException {
        final DifferenceCount count =
                compare(
                        List.of(
                                line(1, "open", "gone"),
                                line(2, "open", "moved"),
                                line(3, "open", "same"),
                                line(10, "close", "moved")),
                        List.of(
                                line(3, "open", "same"),
                                line(4, "open", "moved", 7),
                                line(10, "close", "moved"),
                                line(11, "open", "new")));
        assertEquals(
                List.of(
                        "- 1970-01-01T00:00:01Z PRICE_LATE open gone",
                        "~ 1970-01-01T00:00:04Z PRICE_LATE open moved; at 1970-01-01T00:00:02Z ->"
                                + " 1970-01-01T00:00:04Z; evidence.lagNs 1 -> 7",
                        "+ 1970-01-01T00:00:11Z PRICE_LATE open new"),
                changes);
        assertEquals(2, count.same());
        for (final Change.Sort sort : Change.Sort.values()) {
            assertEquals(1, count.findings(sort), sort.name());
            assertEquals(1, count.cases(sort), sort.name());
        }
    }

    @Test
    void shouldNotPairWhatLiesFarApart() throws IOException {
        final DifferenceCount count =
                compare(List.of(line(1, "open", "a")), List.of(line(100, "open", "a")));
        assertEquals(1, count.findings(Change.Sort.NEW));
        assertEquals(1, count.findings(Change.Sort.GONE));
        assertEquals(1, count.cases(Change.Sort.CHANGED));
    }

    @Test
    void oneMoreOfManyIsOneChange() throws IOException {
        final List<String> before = new ArrayList<>();
        for (int second = 0; second < 200; second++) {
            before.add(line(second, "event", "a"));
        }
        final List<String> after = new ArrayList<>(before);
        after.remove(50);
        assertEquals(1, compare(before, after).findings(Change.Sort.GONE));
        assertEquals(1, changes.size());
        assertEquals(1, compare(after, before).findings(Change.Sort.NEW));
    }

    @Test
    void shouldStayBoundedWhenNothingIsTheSame() throws IOException {
        final List<String> before = new ArrayList<>();
        for (int i = 0; i < MOST_WAITING * 2 + 10; i++) {
            before.add(line(5, "open", "key" + i));
        }
        final DifferenceCount count = compare(before, List.of(line(6, "open", "other")));
        assertEquals(before.size(), count.findings(Change.Sort.GONE));
        assertEquals(before.size(), count.cases(Change.Sort.GONE));
    }

    @Test
    void shouldSayWhatIsNotCompared() throws IOException {
        final DifferenceCount count =
                compare(
                        List.of(
                                "{\"torn",
                                "{\"kind\":\"X\",\"detector\":\"self\","
                                        + "\"at\":\"1970-01-01T00:00:01Z\"}",
                                line(1, "open", "early"),
                                line(7, "open", "a"),
                                line(9_999, "open", "late")),
                        List.of(line(7, "open", "a")),
                        5_000_000_000L,
                        9_000_000_000_000L);
        assertFalse(count.isAny());
        assertEquals(
                List.of(
                        "1 lines are no findings, the first is line 1",
                        "1 findings of the monitor about itself stand in no recording",
                        "2 findings lie outside of what was replayed"),
                count.notes());
    }
}
