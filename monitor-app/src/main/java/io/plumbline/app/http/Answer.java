package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * What a route answers: either the whole body, or pages of it that are made as fast as the client
 * reads, so that a large answer is never in memory as a whole.
 *
 * @param body the whole body; null when there are pages
 * @param pages where the body comes from; null when it is whole
 */
record Answer(HttpResponseStatus status, String contentType, byte[] body, Pages pages) {
    static final String JSON = "application/json; charset=utf-8";

    /** Gives a body piece by piece. Event loop only. */
    interface Pages {
        /** The next piece, not empty, or null when there is no more. */
        String next();
    }

    static Answer json(final HttpResponseStatus status, final Json json) {
        return text(status, JSON, json.toString());
    }

    static Answer text(
            final HttpResponseStatus status, final String contentType, final String text) {
        return new Answer(status, contentType, text.getBytes(StandardCharsets.UTF_8), null);
    }

    static Answer pages(final String contentType, final Pages pages) {
        return new Answer(HttpResponseStatus.OK, contentType, null, pages);
    }
}
