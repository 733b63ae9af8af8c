package io.plumbline.feed.redis;

import io.plumbline.market.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * An id and a time in a JSON payload, by dotted member paths. A time is a number (seconds to
 * nanoseconds, told apart by its size) or ISO 8601 with an offset. One thread.
 */
public final class PayloadFields {
    private static final int ID = 0;
    private static final int TIME = 1;
    private static final long SECOND_NS = 1_000_000_000L;

    private final JsonPath json;
    private byte[] bytes;
    private boolean legal;

    /**
     * @param idPath "" for none
     * @param timePath "" for none
     */
    public PayloadFields(final String idPath, final String timePath) {
        json = new JsonPath(idPath, timePath);
    }

    /** Reads a payload. @return whether it is legal JSON */
    public boolean scan(final byte[] payload, final int offset, final int length) {
        bytes = payload;
        legal = json.scan(payload, offset, length);
        return legal;
    }

    /** The id as text, "" where there is none. */
    public String id() {
        return legal && isScalar(ID) ? text(ID) : "";
    }

    /** The time, ns since the epoch; NONE where there is none. */
    public long timeNs() {
        if (!legal || !isScalar(TIME)) {
            return MarketEvent.NONE;
        }
        final long number = EmbeddedNumber.timeNs(bytes, json.start(TIME), json.end(TIME));
        return number != MarketEvent.NONE || json.kind(TIME) == JsonPath.Kind.NUMBER
                ? number
                : written(text(TIME));
    }

    private static long written(final String text) {
        try {
            final Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.getEpochSecond() * SECOND_NS + instant.getNano();
        } catch (final DateTimeException noTime) {
            return MarketEvent.NONE;
        }
    }

    private boolean isScalar(final int path) {
        return json.kind(path) == JsonPath.Kind.NUMBER || json.kind(path) == JsonPath.Kind.STRING;
    }

    private String text(final int path) {
        return new String(
                bytes, json.start(path), json.end(path) - json.start(path), StandardCharsets.UTF_8);
    }
}
