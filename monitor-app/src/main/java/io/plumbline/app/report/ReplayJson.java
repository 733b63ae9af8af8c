package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.journal.JournalLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What was replayed, by what, and what it came to in numbers. */
final class ReplayJson {
    /** Files, damages that are listed. */
    static final int MOST = 100;

    /** The longest configuration that is shown. */
    static final int MOST_CONFIG = 64 * 1_024;

    private ReplayJson() {}

    static void write(
            final JsonGenerator json,
            final Report report,
            final ReplaySummary summary,
            final ReportPage.About about)
            throws IOException {
        json.writeStringField("version", about.version());
        json.writeStringField("java", Runtime.version().toString());
        json.writeNumberField("journalFormat", JournalLayout.VERSION);
        ReportJson.time(json, "made", about.madeNs());
        json.writeArrayFieldStart("files");
        for (final Path file : about.files().stream().limit(MOST).toList()) {
            json.writeStartObject();
            json.writeStringField("name", file.toString());
            json.writeNumberField("bytes", bytes(file));
            json.writeEndObject();
        }
        json.writeEndArray();
        ReportJson.time(json, "from", summary.fromNs());
        ReportJson.time(json, "to", summary.toNs());
        json.writeNumberField("messages", summary.messages());
        json.writeNumberField("observations", summary.observations());
        json.writeNumberField("unparsed", summary.unparsed());
        json.writeNumberField("rate", summary.messagesPerSecond());
        json.writeNumberField("wallNs", summary.wallNs());
        json.writeObjectFieldStart("findings");
        for (final Map.Entry<String, Long> kind : summary.findings().entrySet()) {
            json.writeNumberField(kind.getKey(), kind.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("events");
        for (final Map.Entry<String, Map<String, Long>> venue : summary.events().entrySet()) {
            for (final Map.Entry<String, Long> channel : venue.getValue().entrySet()) {
                json.writeStartArray();
                json.writeString(venue.getKey());
                json.writeString(channel.getKey());
                json.writeNumber(channel.getValue());
                json.writeEndArray();
            }
        }
        json.writeEndArray();
        runs(json, report);
        json.writeStringField(
                "config",
                report.config().substring(0, Math.min(MOST_CONFIG, report.config().length())));
        json.writeArrayFieldStart("damages");
        for (final String damage : summary.damages().stream().limit(MOST).toList()) {
            json.writeString(Report.cut(damage));
        }
        json.writeEndArray();
    }

    private static void runs(final JsonGenerator json, final Report report) throws IOException {
        json.writeArrayFieldStart("runs");
        for (final Report.RunRow run : report.runs()) {
            json.writeStartObject();
            ReportJson.time(json, "from", run.firstNs());
            ReportJson.time(json, "to", run.lastNs());
            json.writeStringField("config", run.config());
            json.writeNumberField("instruments", run.instruments());
            json.writeNumberField("keys", run.keys());
            json.writeNumberField("sources", run.sources());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Of a file, or of the files in a folder. */
    private static long bytes(final Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return Files.size(file);
        }
        try (Stream<Path> within = Files.list(file)) {
            long bytes = 0;
            for (final Path one : within.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(one);
            }
            return bytes;
        }
    }
}
