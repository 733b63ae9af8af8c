package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Prices around findings: per series only the columns that differ from the one before. */
final class SceneJson {
    private SceneJson() {}

    static void write(final JsonGenerator json, final Scenes scenes) throws IOException {
        json.writeArrayFieldStart("scenes");
        for (final Scene scene : scenes.all()) {
            json.writeStartObject();
            json.writeStringField("venue", scene.track.venue);
            json.writeStringField("symbol", scene.track.symbol);
            json.writeStringField("key", scene.track.key);
            json.writeStringField("label", scene.track.label);
            json.writeStringField("severity", scene.severity().name());
            ReportJson.time(json, "from", scene.firstNs());
            json.writeNumberField("width", scene.widthNs() / 1_000);
            json.writeNumberField("columns", scene.columns());
            json.writeBooleanField("cut", scene.isCut());
            json.writeNumberField("unmarked", scene.unmarked());
            band(json, "reference", scene.reference, scene.columns());
            band(json, "value", scene.value, scene.columns());
            marks(json, scene);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Triples: column, least, greatest; both null where there is no price. */
    private static void band(
            final JsonGenerator json, final String name, final Band band, final int columns)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (int column = 0; column < columns; column++) {
            if (column > 0 && band.same(column, column - 1)) {
                continue;
            }
            json.writeNumber(column);
            if (band.isGiven(column)) {
                json.writeNumber(band.low(column));
                json.writeNumber(band.high(column));
            } else {
                json.writeNull();
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private static void marks(final JsonGenerator json, final Scene scene) throws IOException {
        json.writeArrayFieldStart("marks");
        for (final Scene.Mark mark : scene.marks) {
            json.writeStartObject();
            ReportJson.time(json, "at", mark.atNs());
            json.writeStringField("kind", mark.kind().name());
            json.writeStringField("edge", mark.edge().label());
            json.writeStringField("severity", mark.sev().name());
            json.writeStringField("fingerprint", mark.fingerprint());
            json.writeStringField("text", mark.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
