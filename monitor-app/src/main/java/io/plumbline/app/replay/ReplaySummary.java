package io.plumbline.app.replay;

import io.plumbline.finding.FindingJson;
import java.util.List;
import java.util.Map;

/**
 * What a replay came to; the JSON form is an interface.
 *
 * @param messages frames of venues that were judged, order books fetched over REST included
 * @param observations Redis observations that were judged
 * @param unparsed messages that no decoder could read
 * @param events events by venue and channel
 * @param findings findings by kind, edges of all sorts
 * @param books order books by venue and instrument
 * @param fromNs receive time of the first frame, Long.MIN_VALUE without one
 * @param toNs receive time of the last
 * @param wallNs how long the replay took
 * @param damages what could not be read
 */
public record ReplaySummary(
        long messages,
        long observations,
        long unparsed,
        Map<String, Map<String, Long>> events,
        Map<String, Long> findings,
        Map<String, Map<String, BookSummary>> books,
        long fromNs,
        long toNs,
        long wallNs,
        List<String> damages) {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MILLISECOND_NS = 1_000_000L;

    /** Messages a second, by wall clock. */
    public long messagesPerSecond() {
        return wallNs <= 0 ? 0 : (long) (messages / (wallNs / (double) SECOND_NS));
    }

    /** One JSON object, keys in a fixed order. */
    public String toJson() {
        final StringBuilder out = new StringBuilder(512);
        out.append("{\"messages\":").append(messages);
        out.append(",\"observations\":").append(observations);
        out.append(",\"unparsed\":").append(unparsed);
        out.append(",\"events\":{");
        String separator = "";
        for (final Map.Entry<String, Map<String, Long>> venue : events.entrySet()) {
            FindingJson.string(out.append(separator), venue.getKey());
            counts(out.append(':'), venue.getValue());
            separator = ",";
        }
        counts(out.append("},\"findings\":"), findings);
        books(out.append(",\"books\":"));
        time(out.append(",\"fromTime\":"), fromNs);
        time(out.append(",\"toTime\":"), toNs);
        out.append(",\"wallSeconds\":")
                .append(wallNs / SECOND_NS)
                .append('.')
                .append(String.format("%03d", wallNs % SECOND_NS / MILLISECOND_NS));
        out.append(",\"messagesPerSecond\":").append(messagesPerSecond());
        out.append(",\"damages\":[");
        separator = "";
        for (final String damage : damages) {
            FindingJson.string(out.append(separator), damage);
            separator = ",";
        }
        return out.append("]}").toString();
    }

    private void books(final StringBuilder out) {
        String venueSeparator = "{";
        for (final Map.Entry<String, Map<String, BookSummary>> venue : books.entrySet()) {
            FindingJson.string(out.append(venueSeparator), venue.getKey());
            String separator = ":{";
            for (final Map.Entry<String, BookSummary> book : venue.getValue().entrySet()) {
                FindingJson.string(out.append(separator), book.getKey());
                book.getValue().append(out.append(':'));
                separator = ",";
            }
            out.append('}');
            venueSeparator = ",";
        }
        out.append(books.isEmpty() ? "{}" : "}");
    }

    private static void counts(final StringBuilder out, final Map<String, Long> counts) {
        String separator = "";
        out.append('{');
        for (final Map.Entry<String, Long> count : counts.entrySet()) {
            FindingJson.string(out.append(separator), count.getKey());
            out.append(':').append(count.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void time(final StringBuilder out, final long epochNs) {
        if (epochNs == Long.MIN_VALUE) {
            out.append("null");
        } else {
            FindingJson.time(out.append('"'), epochNs);
            out.append('"');
        }
    }
}
