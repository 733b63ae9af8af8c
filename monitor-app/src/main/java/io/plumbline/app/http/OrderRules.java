package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;

/**
 * What a request that changes something must be beside the rules for all: it shows the token, says
 * that its body is JSON (which no form of another site can), and its browser, if it has one, says
 * that it comes from a page of ours.
 */
final class OrderRules {
    /** The longest body. */
    static final int BODY_BYTES = 64 * 1_024;

    private static final String JSON = "application/json";

    private final Access access;

    OrderRules(final Access access) {
        this.access = access;
    }

    /** Why {@code request} is refused, or null when it is not. Its Host is one of ours. */
    Refusal refusal(final HttpRequest request) {
        final HttpHeaders headers = request.headers();
        if (foreign(headers)) {
            return Refusal.ORIGIN;
        }
        if (!access.given()) {
            return Refusal.NO_TOKEN;
        }
        // Before the token: what a stranger sends is read to its end, so it must not be long.
        final String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || length == null) {
            return Refusal.LENGTH;
        }
        if (length(length) > BODY_BYTES) {
            return Refusal.BODY_TOO_LONG;
        }
        if (!access.bearer(request)) {
            return Refusal.UNAUTHORIZED;
        }
        return json(headers.getAll(HttpHeaderNames.CONTENT_TYPE)) ? null : Refusal.MEDIA_TYPE;
    }

    /** The decoder has seen that it is a number. */
    private static long length(final String text) {
        return text.length() > 9 ? Long.MAX_VALUE : Long.parseLong(text);
    }

    /** A browser says from whose page a request comes; a program says nothing. */
    private static boolean foreign(final HttpHeaders headers) {
        final String site = headers.get("sec-fetch-site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private static boolean json(final List<String> given) {
        return given.size() == 1
                && given.get(0).split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON);
    }
}
