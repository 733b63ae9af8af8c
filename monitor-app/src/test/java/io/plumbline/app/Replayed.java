package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one {@code plumbline replay} came to: run in this process, as the launcher runs it.
 *
 * @param exit the exit code
 * @param out what stood on standard output
 * @param err what stood on standard error
 * @param findings the findings file, "" without one
 * @param summary the summary, null without one
 */
record Replayed(int exit, String out, String err, String findings, JsonNode summary) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Replays with findings and summary into {@code folder}. */
    static Replayed of(final Path folder, final String... arguments) throws IOException {
        final Path findings = folder.resolve("findings-of-replay.ndjson");
        final Path summary = folder.resolve("summary-of-replay.json");
        Files.deleteIfExists(findings);
        Files.deleteIfExists(summary);
        final List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--findings", findings.toString(), "--summary", summary.toString()));
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit =
                PlumblineMain.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(all.toArray(new String[0]));
        return new Replayed(
                exit,
                out.toString(),
                err.toString(),
                Files.exists(findings) ? Files.readString(findings) : "",
                Files.exists(summary) ? JSON.readTree(Files.readString(summary)) : null);
    }

    /** The same, which must go well. */
    static Replayed well(final Path folder, final String... arguments) throws IOException {
        final Replayed replayed = of(folder, arguments);
        assertEquals(ExitCode.OK, replayed.exit, replayed.err);
        assertEquals("", replayed.err);
        return replayed;
    }

    /** Events by channel of one venue. */
    Map<String, Long> events(final String venue) {
        return counts(summary.path("events").path(venue));
    }

    /** Findings by kind, edges of all sorts. */
    Map<String, Long> kinds() {
        return counts(summary.path("findings"));
    }

    /** Each finding as JSON. */
    List<JsonNode> parsed() throws IOException {
        final List<JsonNode> list = new ArrayList<>();
        for (final String line : findings.lines().toList()) {
            list.add(JSON.readTree(line));
        }
        return list;
    }

    private static Map<String, Long> counts(final JsonNode node) {
        final Map<String, Long> counts = new TreeMap<>();
        node.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
        return counts;
    }
}
