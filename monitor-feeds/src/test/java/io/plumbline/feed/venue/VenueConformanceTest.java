package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every venue's rules by example: frames in, the whole list of findings out, through the engine and
 * its detectors. The vectors stand under {@code resources/conformance/VENUE/CASE.ndjson}; how a
 * line is written, see {@link ConformanceVector}. A venue without all of them fails the build.
 */
class VenueConformanceTest {
    /** What every venue must show, be it that nothing is found. */
    static final List<String> CASES =
            List.of(
                    "normal",
                    "heartbeat",
                    "snapshot",
                    "reset",
                    "duplicate",
                    "reorder",
                    "gap",
                    "conflated",
                    "checksum-absent");

    static Stream<ConformanceVector> vectors() throws IOException {
        return ConformanceVector.all().stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldFindWhatTheVectorSays(final ConformanceVector vector) throws IOException {
        final ConformanceRun run = new ConformanceRun(vector);
        assertEquals(
                String.join("\n", vector.findings()),
                String.join("\n", run.findings()),
                "findings");
        assertEquals(String.join("\n", vector.events()), String.join("\n", run.events()), "events");
    }

    @Test
    void shouldHaveEveryCaseOfEveryVenue() throws IOException {
        final List<String> there =
                ConformanceVector.all().stream().map(ConformanceVector::toString).toList();
        final List<String> missing =
                Venues.all().stream()
                        .flatMap(venue -> CASES.stream().map(c -> venue.name() + "/" + c))
                        .filter(name -> !there.contains(name))
                        .toList();
        assertTrue(
                missing.isEmpty(),
                () -> "write src/test/resources/conformance/" + missing + ".ndjson");
    }

    @Test
    void shouldHaveARowOfEveryVenueInTheReadme() throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("README.md"));
        final List<String> missing =
                Venues.all().stream()
                        .map(Venue::name)
                        .filter(
                                name ->
                                        lines.stream()
                                                .noneMatch(l -> l.startsWith("| " + name + " |")))
                        .toList();
        assertEquals(List.of(), missing, "write their rows in monitor-feeds/README.md");
    }
}
