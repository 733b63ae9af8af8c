package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertTrue(
                detail.get(1)
                        .matches(
                                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z DEBUG \\[main]"
                                        + " io\\.plumbline\\.Engine - two"),
                detail.get(1));
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
        final List<Status> faults =
                context.getStatusManager().getCopyOfStatusList().stream()
                        .filter(status -> status.getLevel() >= Status.WARN)
                        .toList();
        assertEquals(List.of(), faults);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
