package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both log configurations are legal and write what they promise. */
class LogbackFilesTest {
    private final LoggerContext context = new LoggerContext();

    @TempDir private Path folder;

    @Test
    void shouldWriteSummaryAndDetail() throws JoranException, IOException {
        context.putProperty("PLUMBLINE_LOGS", folder.toString());
        final String summary = capture(RepositoryTop.path("config/logback.xml"));
        assertTrue(
                summary.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  Engine - one\\R"), summary);
        final List<String> detail = Files.readAllLines(folder.resolve("plumbline.log"));
        assertEquals(2, detail.size(), detail.toString());
        final List<String> month = Files.readAllLines(folder.resolve("plumbline-summary.log"));
        assertEquals(1, month.size(), month.toString());
        assertTrue(
                month.get(0).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z INFO  Engine - one"),
                month.get(0));
        assertTrue(
                detail.get(1)
                        .matches(
                                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z DEBUG \\[main]"
                                        + " io\\.plumbline\\.Engine - two"),
                detail.get(1));
    }

    @Test
    void shouldKeepAWeekInDetailAndAMonthInSummary() throws IOException {
        final String text = Files.readString(RepositoryTop.path("config/logback.xml"));
        final List<String> kept =
                Pattern.compile("<(?:maxHistory|totalSizeCap)>[^<]+")
                        .matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .toList();
        assertEquals(
                List.of(
                        "<maxHistory>7",
                        "<totalSizeCap>2GB",
                        "<maxHistory>30",
                        "<totalSizeCap>1GB"),
                kept);
    }

    @Test
    void aFullDiskCostsOnlyTheLinesThatDoNotFit() throws JoranException, IOException {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full on this system");
        // Without the rolling, which would go on to pack the device.
        final Path config =
                Files.writeString(
                        folder.resolve("logback.xml"),
                        Files.readString(RepositoryTop.path("config/logback.xml"))
                                .replace("rolling.RollingFileAppender", "FileAppender")
                                .replaceAll("(?s)<rollingPolicy.*?</rollingPolicy>", "")
                                .replace("${LOGS}/plumbline.log", full.toString()));
        context.putProperty("PLUMBLINE_LOGS", folder.toString());
        final String summary = written(config);
        assertTrue(summary.contains("Engine - one"), summary);
        assertEquals(1, Files.readAllLines(folder.resolve("plumbline-summary.log")).size());
        assertTrue(
                context.getStatusManager().getCopyOfStatusList().stream()
                        .anyMatch(status -> status.getLevel() >= Status.WARN),
                "the full disk was not noticed");
    }

    @Test
    void shouldWriteToStandardErrorByDefault() throws JoranException {
        final String summary =
                capture(RepositoryTop.path("monitor-app/src/main/resources/logback.xml"));
        assertTrue(
                summary.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  Engine - one\\R"), summary);
    }

    /** What one INFO and one DEBUG event write to standard error. */
    private String capture(final Path file) throws JoranException {
        final String summary = written(file);
        final List<Status> faults =
                context.getStatusManager().getCopyOfStatusList().stream()
                        .filter(status -> status.getLevel() >= Status.WARN)
                        .toList();
        assertEquals(List.of(), faults);
        return summary;
    }

    private String written(final Path file) throws JoranException {
        final PrintStream original = System.err;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setErr(captured);
            final JoranConfigurator configurator = new JoranConfigurator();
            context.setMDCAdapter(new LogbackMDCAdapter());
            configurator.setContext(context);
            configurator.doConfigure(file.toFile());
            context.getLogger("io.plumbline.Engine").info("one");
            context.getLogger("io.plumbline.Engine").debug("two");
        } finally {
            context.stop();
            System.setErr(original);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
