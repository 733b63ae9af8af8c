package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * What a route answers: the whole body; or pages of it that are made as fast as the client reads,
 * so that a large answer is never in memory as a whole; or events as they happen, until the client
 * has had enough. One of the three is given.
 *
 * @param body the whole body, or null
 * @param pages where the body comes from, or null
 * @param events what goes on happening, or null
 * @param cookie a Set-Cookie, or null
 * @param allow the methods that there are instead, or null
 */
record Answer(
        HttpResponseStatus status,
        String contentType,
        byte[] body,
        Pages pages,
        Events events,
        String cookie,
        String allow) {
    static final String JSON = "application/json; charset=utf-8";

    /** Gives a body piece by piece. Event loop only. */
    interface Pages {
        /** The next piece, not empty, or null when there is no more. */
        String next();
    }

    /** Tells what has happened since it was last asked. Event loop only. */
    interface Events {
        /** The news as server-sent events, or null where there are none. */
        String next();
    }

    static Answer json(final HttpResponseStatus status, final Json json) {
        return text(status, JSON, json.toString());
    }

    static Answer text(
            final HttpResponseStatus status, final String contentType, final String text) {
        return new Answer(
                status, contentType, text.getBytes(StandardCharsets.UTF_8), null, null, null, null);
    }

    static Answer bytes(
            final HttpResponseStatus status, final String contentType, final byte[] body) {
        return new Answer(status, contentType, body, null, null, null, null);
    }

    /** Nothing but a cookie. */
    static Answer cookie(final String cookie) {
        return new Answer(
                HttpResponseStatus.NO_CONTENT, JSON, new byte[0], null, null, cookie, null);
    }

    /** This answer, and which methods there are at its path. */
    Answer allowing(final String methods) {
        return new Answer(status, contentType, body, pages, events, cookie, methods);
    }

    static Answer events(final Events events) {
        return new Answer(
                HttpResponseStatus.OK,
                "text/event-stream; charset=utf-8",
                null,
                null,
                events,
                null,
                null);
    }

    static Answer pages(final String contentType, final Pages pages) {
        return new Answer(HttpResponseStatus.OK, contentType, null, pages, null, null, null);
    }
}
