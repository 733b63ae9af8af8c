package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.app.desk.CaseNotice.Action;
import io.plumbline.app.desk.CaseRecord;
import java.io.IOException;

/** Cases and pages. */
final class CaseJson {
    private CaseJson() {}

    static void write(final JsonGenerator json, final CaseBook book) throws IOException {
        json.writeNumberField("casesOpened", book.opened());
        json.writeNumberField("triggers", book.triggers());
        json.writeArrayFieldStart("cases");
        for (final CaseBook.Kept kept : book.cases()) {
            final CaseRecord of = kept.of;
            json.writeStartObject();
            json.writeStringField("severity", of.severity().name());
            json.writeStringField("kind", of.kind().name());
            json.writeStringField("fingerprint", of.fingerprint());
            json.writeStringField("venue", of.venue());
            json.writeStringField("instrument", of.instrument());
            json.writeStringField("key", of.key());
            ReportJson.time(json, "since", of.sinceNs());
            ReportJson.time(json, "last", of.lastNs());
            ReportJson.time(json, "end", kept.endNs);
            json.writeNumberField("count", of.count());
            json.writeStringField("first", Report.cut(kept.first));
            json.writeStringField("text", Report.cut(of.text()));
            json.writeStringField("told", of.told().name());
            json.writeStringField("inhibitedBy", of.inhibitedBy());
            json.writeNumberField("pages", kept.pages);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pages");
        for (final CaseBook.Page page : book.pages()) {
            json.writeStartObject();
            ReportJson.time(json, "at", page.atNs());
            json.writeBooleanField("resolve", page.action() == Action.RESOLVE);
            json.writeStringField("severity", page.of().severity().name());
            json.writeStringField("kind", page.of().kind().name());
            json.writeStringField("fingerprint", page.of().fingerprint());
            json.writeStringField("text", Report.cut(page.of().text()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
