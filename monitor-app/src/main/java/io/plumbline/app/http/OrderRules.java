package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/**
 * What a request that changes something must be beside the rules for all: it shows the token, says
 * that its body is JSON (which no form of another site can), and comes from no other site's page.
 */
final class OrderRules {
    /** The longest body. */
    static final int BODY_BYTES = 64 * 1_024;

    private static final String BEARER = "bearer ";
    private static final String JSON = "application/json";

    private final byte[] token;

    /**
     * @param token "" where nobody may change anything
     */
    OrderRules(final String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Why {@code request} is refused, or null when it is not. Its Host is one of ours. */
    Refusal refusal(final HttpRequest request) {
        final HttpHeaders headers = request.headers();
        if (foreign(headers)) {
            return Refusal.ORIGIN;
        }
        if (token.length == 0) {
            return Refusal.NO_TOKEN;
        }
        if (!authorized(headers.getAll(HttpHeaderNames.AUTHORIZATION))) {
            return Refusal.UNAUTHORIZED;
        }
        if (!json(headers.getAll(HttpHeaderNames.CONTENT_TYPE))) {
            return Refusal.MEDIA_TYPE;
        }
        final String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || length == null) {
            return Refusal.LENGTH;
        }
        return length(length) > BODY_BYTES ? Refusal.BODY_TOO_LONG : null;
    }

    /** The decoder has seen that it is a number. */
    private static long length(final String text) {
        return text.length() > 9 ? Long.MAX_VALUE : Long.parseLong(text);
    }

    /** A browser says from whose page a request comes; a program says nothing. */
    private static boolean foreign(final HttpHeaders headers) {
        final String site = headers.get("sec-fetch-site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        final List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
        if (origins.isEmpty()) {
            return false;
        }
        final String host = headers.get(HttpHeaderNames.HOST).toLowerCase(Locale.ROOT);
        final String origin = origins.get(0).toLowerCase(Locale.ROOT);
        return origins.size() > 1
                || !origin.equals("http://" + host) && !origin.equals("https://" + host);
    }

    private boolean authorized(final List<String> given) {
        if (given.size() != 1 || !given.get(0).toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        final byte[] shown =
                given.get(0).substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, shown);
    }

    private static boolean json(final List<String> given) {
        return given.size() == 1
                && given.get(0).split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON);
    }
}
