package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report, and the difference between two replays, of a recording with hostile names. */
class ReplayReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "<script type=\"application/json\" id=\"data\">";

    private final Terminal terminal = new Terminal();
    @TempDir private static Path journal;
    @TempDir private Path folder;
    private Path report;
    private Path findings;

    @BeforeAll
    static void record() throws IOException, ConfigException {
        HostileRecording.write(journal, HostileRecording.CONFIG);
    }

    @BeforeEach
    void name() {
        report = folder.resolve("report.html");
        findings = folder.resolve("findings.ndjson");
    }

    @Test
    void shouldFindTheSameWithAndWithoutAReport() throws IOException {
        final Path with = folder.resolve("with.ndjson");
        assertEquals(ExitCode.OK, terminal.run("replay", journal, "--findings", findings));
        final List<String> plain = terminal.out();
        assertEquals(
                ExitCode.OK,
                terminal.run("replay", journal, "--findings", with, "--report", report));
        assertEquals(List.of(), terminal.err());
        assertEquals(plain.subList(1, plain.size()), terminal.out().subList(1, plain.size()));
        assertTrue(Files.size(findings) > 0);
        assertEquals(-1, Files.mismatch(findings, with));
    }

    @Test
    void shouldShowTheCaseThePageAndThePrices() throws IOException {
        assertEquals(ExitCode.OK, terminal.run("replay", journal, "--report", report));
        final JsonNode data = data(Files.readString(report));
        assertEquals(1, data.path("cases").size(), data.path("cases").toString());
        final JsonNode one = data.path("cases").get(0);
        assertEquals("PRICE_WRONG", one.path("kind").asText());
        assertEquals(HostileRecording.WRONG_KEY, one.path("key").asText());
        assertEquals(1, data.path("triggers").asLong());
        assertEquals(1, data.path("scenes").size());
        final JsonNode scene = data.path("scenes").get(0);
        assertEquals(HostileRecording.WRONG_KEY, scene.path("key").asText());
        assertTrue(
                numbers(scene.path("value")).contains(HostileRecording.WRONG),
                scene.path("value").toString());
        assertEquals(
                List.of(HostileRecording.RIGHT, HostileRecording.RIGHT),
                numbers(scene.path("reference"))
                        .subList(
                                numbers(scene.path("reference")).size() - 2,
                                numbers(scene.path("reference")).size()));
        assertEquals(
                List.of("open", "close"),
                StreamSupport.stream(scene.path("marks").spliterator(), false)
                        .map(mark -> mark.path("edge").asText())
                        .filter(edge -> !edge.equals("event"))
                        .toList());
        assertEquals(2, data.path("coverage").path("rows").size());
        assertTrue(data.path("coverage").path("verified").asLong() > 10_000);
        assertEquals(2, data.path("sources").size(), data.path("sources").toString());
        assertEquals(16, data.path("runs").get(0).path("config").asText().length());
        assertTrue(data.path("limits").size() > 5);
    }

    @Test
    void shouldLetNothingOfTheRecordingBecomeMarkup() throws IOException, NoSuchAlgorithmException {
        terminal.run("replay", journal, "--report", report);
        final String page = Files.readString(report);
        assertFalse(page.contains("<img"), "a key's name is markup");
        assertEquals(3, page.split("</script>", -1).length, "two scripts and no more");
        assertTrue(page.contains("content=\"default-src 'none'; "));
        final String script = between(page, "<script>", "</script>");
        final byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(script.getBytes(StandardCharsets.UTF_8));
        assertTrue(
                page.contains(
                        "script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'"));
        assertFalse(page.contains("{{"), "a place that was not filled");
    }

    @Test
    void shouldShowWhatOtherThresholdsChange() throws IOException {
        final Path other = folder.resolve("other.yaml");
        final Path differences = folder.resolve("difference.ndjson");
        Files.writeString(other, HostileRecording.CONFIG + "detectors: {price: {grace: 1s}}\n");
        assertEquals(
                ExitCode.FOUND,
                terminal.run(
                        "replay",
                        journal,
                        "--config",
                        other,
                        "--difference",
                        differences,
                        "--report",
                        report),
                terminal.err().toString());
        final String told = String.join("\n", terminal.out());
        assertTrue(told.contains("difference to the recorded configuration: findings 0 new, 0"));
        assertTrue(told.contains("; cases 0 new, 0 gone, 1 changed, 0 the same"), told);
        assertTrue(told.contains("pages 1 -> 1"), told);
        final JsonNode first = JSON.readTree(Files.readAllLines(differences).get(0));
        assertEquals("changed", first.path("difference").asText());
        assertTrue(first.path("in").toString().contains("\"at\""), first.toString());
        assertTrue(data(Files.readString(report)).path("difference").path("changes").size() > 0);
    }

    @Test
    void shouldSayByItsExitCodeWhetherFindingsDiffer() throws IOException {
        terminal.run("replay", journal, "--findings", findings);
        assertEquals(ExitCode.OK, terminal.run("replay", journal, "--against", findings));
        final List<String> lines = Files.readAllLines(findings);
        Files.write(findings, lines.subList(1, lines.size()));
        assertEquals(ExitCode.FOUND, terminal.run("replay", journal, "--against", findings));
        assertTrue(
                String.join("\n", terminal.out()).contains("findings 1 new, 0 gone, 0 changed"),
                terminal.out().toString());
        assertEquals(ExitCode.USAGE, terminal.run("replay", journal, "--difference", findings));
        assertEquals(
                "nothing to compare with: give findings with --against, or another configuration"
                        + " for a journal with --config",
                terminal.complaint());
        assertEquals(
                ExitCode.CANNOT_START,
                terminal.run("replay", journal, "--against", folder.resolve("none")));
        assertEquals(
                ExitCode.USAGE,
                terminal.run("replay", journal, "--against", findings, "--findings", findings));
        assertEquals(
                "--findings "
                        + findings
                        + " would overwrite what is compared with: name another file",
                terminal.complaint());
        assertEquals(
                ExitCode.USAGE, terminal.run("replay", journal, "--summary", "x", "--report", "x"));
        assertEquals("--report and --summary both name x: name two files", terminal.complaint());
    }

    private static List<String> numbers(final JsonNode triples) {
        return StreamSupport.stream(triples.spliterator(), false).map(JsonNode::asText).toList();
    }

    static JsonNode data(final String page) throws IOException {
        return JSON.readTree(between(page, DATA, "</script>"));
    }

    private static String between(final String text, final String from, final String to) {
        final int begin = text.indexOf(from) + from.length();
        return text.substring(begin, text.indexOf(to, begin));
    }
}
