package io.plumbline.app.alert;

import io.plumbline.finding.FindingJson;
import java.nio.charset.StandardCharsets;

/**
 * The body that every hook gets: one JSON object on one line, UTF-8. An interface.
 *
 * <pre>
 * {"id":        "18…-t3-18…",              idempotency key, the same on every attempt
 *  "action":    "trigger" | "resolve"; in a file, "acknowledge" too,
 *  "dedupKey":  "price|binance-spot|BTC/USDT|pms:price:BTC",
 *  "episode":   "18…-5f3a…",               another opening of the same case has another
 *  "severity":  "CRITICAL" | "HIGH" | "MEDIUM" | "LOW",
 *  "kind":      "PRICE_WRONG",             the finding catalogue's name
 *  "summary":   "…",                       one sentence for a person
 *  "since":     "2026-11-23T10:00:00.000000000Z",
 *  "at":        "2026-11-23T10:00:01.000000000Z",
 *  "finding":   {…} | null}                the finding as in the findings file
 * </pre>
 */
public final class AlertJson {
    private AlertJson() {}

    public static byte[] bytes(final Alert alert) {
        return text(alert).getBytes(StandardCharsets.UTF_8);
    }

    /** ISO 8601 in UTC with nanoseconds. */
    static String time(final long epochNs) {
        final StringBuilder out = new StringBuilder(30);
        FindingJson.time(out, epochNs);
        return out.toString();
    }

    static String text(final Alert alert) {
        final StringBuilder out = new StringBuilder(512);
        FindingJson.string(out.append("{\"id\":"), alert.id());
        out.append(",\"action\":\"").append(alert.action().label());
        FindingJson.string(out.append("\",\"dedupKey\":"), alert.dedupKey());
        FindingJson.string(out.append(",\"episode\":"), alert.episode());
        out.append(",\"severity\":\"").append(alert.severity().name());
        FindingJson.string(out.append("\",\"kind\":"), alert.kind());
        FindingJson.string(out.append(",\"summary\":"), alert.summary());
        FindingJson.time(out.append(",\"since\":\""), alert.sinceNs());
        FindingJson.time(out.append("\",\"at\":\""), alert.atNs());
        out.append("\",\"finding\":");
        out.append(alert.detail().isEmpty() ? "null" : alert.detail());
        return out.append('}').toString();
    }
}
