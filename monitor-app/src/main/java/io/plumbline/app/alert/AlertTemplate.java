package io.plumbline.app.alert;

import io.plumbline.app.template.Template;
import io.plumbline.app.template.Word;
import io.plumbline.finding.FindingJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Fills an alert into the templates of a receiver. */
final class AlertTemplate {
    private AlertTemplate() {}

    /** A body: words are escaped as the inside of a JSON string. UTF-8. */
    static byte[] body(final Template template, final Alert alert) {
        return template.fill(word -> value(word, alert), AlertTemplate::escaped)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A URL: words are percent-encoded. */
    static URI uri(final Template template, final Alert alert) {
        return URI.create(
                template.fill(
                        word -> value(word, alert),
                        text ->
                                URLEncoder.encode(text, StandardCharsets.UTF_8)
                                        .replace("+", "%20")));
    }

    private static String value(final Word word, final Alert alert) {
        return switch (word) {
            case ID -> alert.id();
            case ACTION -> alert.action().label();
            case DEDUP_KEY -> alert.dedupKey();
            case EPISODE -> alert.episode();
            case SEVERITY -> alert.severity().name();
            case PRIORITY -> "P" + (4 - alert.severity().ordinal());
            case KIND -> alert.kind();
            case SUMMARY -> alert.summary();
            case VENUE -> AlertSubject.of(alert).venue();
            case INSTRUMENT -> AlertSubject.of(alert).instrument();
            case KEY -> AlertSubject.of(alert).key();
            case SINCE -> AlertJson.time(alert.sinceNs());
            case AT -> AlertJson.time(alert.atNs());
            case FINDING -> alert.detail().isEmpty() ? "null" : alert.detail();
        };
    }

    private static String escaped(final String text) {
        final StringBuilder out = new StringBuilder(text.length() + 2);
        FindingJson.string(out, text);
        return out.substring(1, out.length() - 1);
    }
}
