package io.plumbline.app.http;

/**
 * How much may be asked of the server, by all and by one address. Behind a proxy all callers have
 * the same one.
 *
 * @param connections open at once; one more closes the oldest that is not being answered, or is
 *     refused with 503 when all are
 * @param connectionsPerAddress the same of one address; refused with 429
 * @param lineBytes of the request line; a longer one is answered 414
 * @param headerBytes of all headers together; more are answered 431
 * @param requestNs from the first byte of a request to its last, however slowly bytes drip in;
 *     later is answered 408
 * @param idleNs a connection without a request is closed after this
 * @param answerNs a client that does not read its answer within this is cut off
 * @param streamNs a stream of events is ended after this; its client comes again
 * @param lingerNs how long a refused client's remaining bytes are read away, so that it sees the
 *     refusal instead of a reset
 * @param requestsPerSecond of one address, also the burst; more are answered 429
 */
public record HttpLimits(
        int connections,
        int connectionsPerAddress,
        int lineBytes,
        int headerBytes,
        long requestNs,
        long idleNs,
        long answerNs,
        long streamNs,
        long lingerNs,
        int requestsPerSecond) {
    /** The limits outside of tests. */
    public static final HttpLimits STANDARD =
            new HttpLimits(
                    64,
                    8,
                    4_096,
                    8_192,
                    5_000_000_000L,
                    30_000_000_000L,
                    30_000_000_000L,
                    3_600_000_000_000L,
                    1_000_000_000L,
                    50);

    /** The same with another share for one address. */
    public HttpLimits perAddress(final int connections, final int requests) {
        return new HttpLimits(
                this.connections,
                connections,
                lineBytes,
                headerBytes,
                requestNs,
                idleNs,
                answerNs,
                streamNs,
                lingerNs,
                requests);
    }
}
