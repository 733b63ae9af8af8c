package io.plumbline.feed.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/**
 * When a token runs out, as far as it says so itself: a JSON web token (RFC 7519) carries {@code
 * exp}. Nothing is verified: whether the token is good is the venue's to say.
 */
public final class TokenEnd {
    /** The end of a token that does not tell. */
    public static final long UNKNOWN = 0;

    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenEnd() {}

    /** Seconds since the epoch, or {@link #UNKNOWN}. */
    public static long seconds(final String token) {
        final String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return UNKNOWN;
        }
        try {
            final JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            final JsonNode end = claims == null ? null : claims.get("exp");
            return end == null || !end.isNumber() ? UNKNOWN : Math.max(UNKNOWN, end.longValue());
        } catch (final IOException | IllegalArgumentException notReadable) {
            return UNKNOWN;
        }
    }
}
