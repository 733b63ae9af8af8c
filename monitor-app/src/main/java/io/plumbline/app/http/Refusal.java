package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Why a request gets no answer of a route; the sentence never repeats what was sent. */
enum Refusal {
    MALFORMED(400, "the request is not well-formed HTTP/1.1"),
    HOST_MISSING(400, "exactly one Host header is required"),
    PARAMETER(400, "a query parameter is unknown or has a wrong value"),
    UNAUTHORIZED(401, "a token is needed: send Authorization: Bearer TOKEN"),
    NO_TOKEN(
            403,
            "nobody may change anything here: set http.token (token: ${PLUMBLINE_TOKEN}) and send"
                    + " it as Authorization: Bearer TOKEN"),
    ORIGIN(403, "requests of other sites' pages are refused; see http.hosts"),
    NOT_FOUND(404, "no such route; see /api for the list"),
    METHOD(405, "this method is not allowed here; see Allow"),
    TOO_SLOW(408, "the request took too long to arrive"),
    LENGTH(411, "the request must have a Content-Length"),
    BODY_TOO_LONG(413, "the request body is longer than 64 KiB"),
    MEDIA_TYPE(415, "the body must be sent as Content-Type: application/json"),
    BODY(413, "a request body is not accepted"),
    LINE_TOO_LONG(414, "the request line is too long"),
    HOST_UNKNOWN(421, "this server does not answer for that host; see http.hosts"),
    TOO_MANY(429, "too many requests from one address; slow down"),
    TOO_MANY_HERE(429, "too many connections from one address; see http.perAddress"),
    HEADERS_TOO_LARGE(431, "the request headers are too large"),
    FAULT(500, "the answer could not be made; the log says why"),
    FULL(503, "too many connections are being answered; try again"),
    VERSION(505, "only HTTP/1.0 and HTTP/1.1 are spoken");

    private final HttpResponseStatus status;
    private final String sentence;

    Refusal(final int status, final String sentence) {
        this.status = HttpResponseStatus.valueOf(status);
        this.sentence = sentence;
    }

    HttpResponseStatus status() {
        return status;
    }

    /** Whether the connection may carry another request afterwards. */
    boolean keepsConnection() {
        return this == UNAUTHORIZED
                || this == NOT_FOUND
                || this == METHOD
                || this == PARAMETER
                || this == FAULT;
    }

    /** The answer that says so. */
    Answer answer() {
        return answer(sentence);
    }

    /** The answer that says it in other words. */
    Answer answer(final String words) {
        return Answer.json(status, new Json().open().field("error", words).close());
    }
}
