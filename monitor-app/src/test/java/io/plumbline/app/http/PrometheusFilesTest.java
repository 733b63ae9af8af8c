package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.RepositoryTop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules and the dashboard that we hand out speak of metrics that there are. */
class PrometheusFilesTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:plumbline|jvm|process|netty)_[a-z0-9_]+)");

    private static String scraped() throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient client = server.client()) {
            return client.get("/metrics").readAnswer();
        }
    }

    private static Set<String> named(final String text) {
        final Set<String> names = new TreeSet<>();
        final Matcher metric = METRIC.matcher(text);
        while (metric.find()) {
            names.add(metric.group(1));
        }
        return names;
    }

    private static String file(final String name) throws IOException {
        return Files.readString(RepositoryTop.path("config").resolve(name));
    }

    @Test
    void everyMetricThatIsAskedForIsThere() throws IOException {
        final Set<String> there = named(scraped());
        for (final GaugeId gauge : GaugeId.values()) {
            there.add(gauge.metric());
        }
        final Set<String> asked = named(file("prometheus-rules.yml"));
        asked.addAll(named(file("grafana-dashboard.json")));
        asked.removeAll(there);
        assertEquals(Set.of(), asked);
    }

    @Test
    void theDashboardIsWhole() throws IOException {
        final JsonNode dashboard = new ObjectMapper().readTree(file("grafana-dashboard.json"));
        final Set<Integer> ids = new TreeSet<>();
        for (final JsonNode panel : dashboard.get("panels")) {
            assertTrue(ids.add(panel.get("id").asInt()), "two panels of one id");
            assertTrue(
                    panel.get("gridPos").get("x").asInt() + panel.get("gridPos").get("w").asInt()
                            <= 24);
            assertTrue(panel.get("targets").size() > 0, panel.get("title").asText());
        }
    }

    @Test
    @Tag("servers")
    void promtoolAgrees() throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), PROMTOOL + " is not installed");
        promtool(
                "", "check", "rules", RepositoryTop.path("config/prometheus-rules.yml").toString());
        promtool(
                "",
                "test",
                "rules",
                RepositoryTop.path("monitor-app/src/test/resources/prometheus/rules-test.yml")
                        .toString());
        final String answer = scraped();
        promtool(answer.substring(answer.indexOf("\r\n\r\n") + 4), "check", "metrics");
    }

    private static void promtool(final String input, final String... arguments) throws Exception {
        final List<String> command = new java.util.ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        final String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
