package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.app.latency.LatencyBuckets;
import io.plumbline.app.latency.LatencyTotals;
import java.io.IOException;

/** What could be judged, by connection and by price, and the latencies that a recording tells. */
final class CoverageJson {
    private static final long MILLI_NS = 1_000_000L;

    private CoverageJson() {}

    static void write(final JsonGenerator json, final Report report) throws IOException {
        sources(json, report.sources());
        prices(json, report.coverage());
        json.writeStringField("live", report.live());
        json.writeArrayFieldStart("latencies");
        for (final LatencyTotals.Total total : report.latencies().all()) {
            latency(json, total);
        }
        json.writeEndArray();
    }

    private static void sources(final JsonGenerator json, final SourceBook book)
            throws IOException {
        json.writeArrayFieldStart("sources");
        for (final SourceBook.Row row : book.rows()) {
            json.writeStartObject();
            json.writeStringField("name", row.name);
            json.writeStringField("kind", row.kind.name());
            json.writeNumberField("messages", row.messages);
            json.writeNumberField("bytes", row.bytes);
            json.writeNumberField("dropped", row.dropped);
            json.writeNumberField("downs", row.downs);
            json.writeNumberField("live", row.liveNs / MILLI_NS);
            ReportJson.time(json, "first", row.firstNs);
            ReportJson.time(json, "last", row.lastNs);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Milliseconds; rows as arrays, because there may be many. */
    private static void prices(final JsonGenerator json, final CoverageBook book)
            throws IOException {
        json.writeObjectFieldStart("coverage");
        json.writeNumberField("verified", book.verifiedNs() / MILLI_NS);
        json.writeNumberField("unverifiable", book.unverifiableNs() / MILLI_NS);
        json.writeNumberField("quiet", book.quietNs() / MILLI_NS);
        json.writeArrayFieldStart("rows");
        for (final CoverageBook.Row row : book.rows()) {
            json.writeStartArray();
            json.writeString(row.venue);
            json.writeString(row.symbol);
            json.writeString(row.key);
            json.writeString(row.label);
            json.writeString(row.verdict == null ? "" : row.verdict.name());
            json.writeNumber(row.verifiedNs / MILLI_NS);
            json.writeNumber(row.unverifiableNs / MILLI_NS);
            json.writeNumber(row.quietNs / MILLI_NS);
            json.writeNumber(row.references);
            json.writeNumber(row.values);
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void latency(final JsonGenerator json, final LatencyTotals.Total total)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("hop", total.hop().label());
        json.writeStringField("sentence", total.hop().sentence());
        json.writeStringField("name", total.name());
        json.writeNumberField("count", total.stats().count());
        json.writeNumberField("p50", total.stats().p50Ns());
        json.writeNumberField("p99", total.stats().p99Ns());
        json.writeNumberField("p999", total.stats().p999Ns());
        json.writeNumberField("max", total.stats().maxNs());
        json.writeArrayFieldStart("buckets");
        for (int bucket = 0; bucket < LatencyBuckets.size(); bucket++) {
            json.writeStartArray();
            if (LatencyBuckets.upToNs(bucket) == Long.MAX_VALUE) {
                json.writeNull();
            } else {
                json.writeNumber(LatencyBuckets.upToNs(bucket));
            }
            json.writeNumber(total.buckets().count(bucket));
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
