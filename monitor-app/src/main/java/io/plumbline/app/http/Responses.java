package io.plumbline.app.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Answers as HTTP messages, with the headers that every one of them carries. */
final class Responses {
    private Responses() {}

    /** To a client that asks before it sends its body. */
    static HttpResponse goOn() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    /** A whole answer; to HEAD its body is left out but its length told. */
    static HttpResponse whole(final Answer answer, final boolean head, final boolean keepAlive) {
        final HttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        answer.status(),
                        head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        final HttpHeaders headers = headers(response, answer, keepAlive);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        return response;
    }

    /** To HEAD: the headers of an answer whose length is not known. */
    static HttpResponse headOfPaged(final Answer answer, final boolean keepAlive) {
        final HttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status());
        headers(response, answer, keepAlive);
        return response;
    }

    /**
     * What comes before the pages.
     *
     * @param chunked false for HTTP/1.0, where the end of the connection ends the body
     */
    static HttpResponse beforePages(
            final Answer answer, final boolean chunked, final boolean keepAlive) {
        final HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status());
        final HttpHeaders headers = headers(response, answer, keepAlive);
        if (chunked) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return response;
    }

    private static HttpHeaders headers(
            final HttpResponse response, final Answer answer, final boolean keepAlive) {
        final HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set("x-content-type-options", "nosniff");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'self'");
        headers.set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY");
        headers.set("referrer-policy", "no-referrer");
        if (answer.allow() != null) {
            headers.set(HttpHeaderNames.ALLOW, answer.allow());
        }
        if (answer.status().code() == Refusal.UNAUTHORIZED.status().code()) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (answer.status().code() == Refusal.TOO_MANY.status().code()) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        if (answer.cookie() != null) {
            headers.set(HttpHeaderNames.SET_COOKIE, answer.cookie());
        }
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return headers;
    }
}
