package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.desk.DeskSettings;
import io.plumbline.app.desk.FindingLog;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: finding, case, outbox, file hook; and again after a restart. */
class DeskToPagerTest {
    private static final long S = 1_000_000_000L;

    @TempDir Path folder;

    private final Counters counters = new Counters();

    private Outbox outbox() {
        final Outbox outbox =
                new Outbox(
                        folder.resolve("outbox.db"),
                        OutboxSettings.defaults(),
                        List.of(new NdjsonFileHook("file", alerts(), Long.MAX_VALUE, 0)),
                        Alerts.THREADS,
                        new SystemClock(),
                        new Random(3),
                        counters,
                        OutboxListener.NONE);
        outbox.start();
        return outbox;
    }

    private Path alerts() {
        return folder.resolve("alerts.ndjson");
    }

    private Desk desk(final Outbox outbox) {
        return new Desk(
                DeskSettings.defaults(),
                (finding, out) -> out.append("Redis is ").append(finding.edge.label()),
                new FindingLog(folder.resolve("findings.ndjson"), 1 << 20, 1, fault -> {}),
                new AlertPager(outbox),
                counters,
                outbox.openCases());
    }

    private static void redis(final Desk desk, final Edge edge, final long atNs) {
        final Finding finding = new Finding().clear();
        finding.kind = FindingKind.REDIS_DOWN;
        finding.edge = edge;
        finding.severity = finding.kind.severity();
        finding.detector = "redis";
        finding.key = "redis/main";
        finding.atNs = atNs;
        desk.onFinding(finding);
        desk.onBatchEnd();
    }

    @Test
    void onePageAndItsResolveAcrossARestart() throws IOException {
        final Outbox first = outbox();
        try (Desk desk = desk(first)) {
            redis(desk, Edge.OPEN, S);
            Alerts.await("delivered", () -> first.pending() == 0);
        }
        first.close();
        final Outbox second = outbox();
        try (Desk desk = desk(second)) {
            assertEquals(
                    List.of("redis|||redis/main"),
                    desk.cases().stream().map(CaseRecord::fingerprint).toList());
            desk.onTick(10 * S);
            redis(desk, Edge.OPEN, 11 * S);
            redis(desk, Edge.CLOSE, 20 * S);
            desk.onTick(50 * S);
            assertEquals(List.of(), desk.cases());
        }
        second.close();
        final List<String> seen = new ArrayList<>();
        final List<String> episodes = new ArrayList<>();
        for (final String line : Files.readAllLines(alerts())) {
            final JsonNode alert = new ObjectMapper().readTree(line);
            seen.add(
                    alert.get("action").asText()
                            + ' '
                            + alert.get("dedupKey").asText()
                            + ' '
                            + alert.get("summary").asText()
                            + ' '
                            + alert.get("finding").get("edge").asText());
            episodes.add(alert.get("episode").asText());
        }
        assertEquals(
                List.of(
                        "trigger redis|||redis/main Redis is open open",
                        "resolve redis|||redis/main Resolved: Redis is close close"),
                seen);
        assertEquals(episodes.get(0), episodes.get(1));
        assertEquals(3, Files.readAllLines(folder.resolve("findings.ndjson")).size());
    }
}
