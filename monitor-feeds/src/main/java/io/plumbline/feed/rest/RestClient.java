package io.plumbline.feed.rest;

import io.netty.handler.ssl.JdkSslContext;
import io.plumbline.feed.RetryAfter;
import io.plumbline.feed.venue.RestRequest;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HttpsURLConnection;

/**
 * One blocking request at a time to a venue's REST interface: bounded in bytes and time, without
 * redirects. The thread that calls it waits; {@link #cancel} from another ends the waiting.
 */
public final class RestClient {
    /** What to make of an answer. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Reads the body, bounded on the wire and again where it is inflated. */
        T read(InputStream body) throws IOException;
    }

    /** The venue answered with something other than what was asked for. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final long waitNs;

        Refused(final int status, final long waitNs) {
            super("HTTP " + status);
            this.status = status;
            this.waitNs = waitNs;
        }

        public int status() {
            return status;
        }

        /** How long it asks not to be asked again, 0 where it does not. */
        public long waitNs() {
            return waitNs;
        }
    }

    private final ReferenceSettings settings;
    private final EpochNanoClock clock;
    private volatile HttpURLConnection connection;

    public RestClient(final ReferenceSettings settings, final EpochNanoClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Asks, and reads the answer.
     *
     * @throws Refused for any status but 200
     * @throws IOException where there is no answer, or it is too long, too late or not readable
     */
    public <T> T ask(final RestRequest request, final Reading<T> reading) throws IOException {
        final long deadlineNs = clock.epochNanos() + settings.whole().toNanos();
        final HttpURLConnection http = open(request);
        connection = http;
        try {
            if (request.body() != null) {
                send(http, request.body().getBytes(StandardCharsets.UTF_8));
            }
            final int status = http.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw refused(http, status);
            }
            try (InputStream body = body(http, deadlineNs)) {
                return reading.read(body);
            }
        } finally {
            connection = null;
            http.disconnect();
        }
    }

    /** Ends the request that is under way, if there is one. Any thread. */
    public void cancel() {
        final HttpURLConnection open = connection;
        if (open != null) {
            open.disconnect();
        }
    }

    private static void send(final HttpURLConnection http, final byte[] body) throws IOException {
        http.setRequestMethod("POST");
        http.setDoOutput(true);
        http.setRequestProperty("Content-Type", "application/json");
        http.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = http.getOutputStream()) {
            out.write(body);
        }
    }

    private InputStream body(final HttpURLConnection http, final long deadlineNs)
            throws IOException {
        final InputStream wire =
                bounded(http.getInputStream(), http.getContentLengthLong(), deadlineNs);
        return "gzip".equalsIgnoreCase(http.getContentEncoding())
                ? bounded(new GZIPInputStream(wire), -1, deadlineNs)
                : wire;
    }

    private InputStream bounded(
            final InputStream body, final long announcedBytes, final long deadlineNs) {
        return new BoundedBody(body, announcedBytes, settings.maxBytes(), deadlineNs, clock);
    }

    private HttpURLConnection open(final RestRequest request) throws IOException {
        if (!(request.uri().toURL().openConnection() instanceof HttpURLConnection http)) {
            throw new IOException("a REST endpoint looks like https://host, not " + request);
        }
        if (http instanceof HttpsURLConnection https
                && settings.trustedCertificates() != null
                && Trust.context(settings.trustedCertificates()) instanceof JdkSslContext trust) {
            https.setSSLSocketFactory(trust.context().getSocketFactory());
        }
        http.setConnectTimeout((int) settings.connect().toMillis());
        http.setReadTimeout((int) settings.read().toMillis());
        http.setInstanceFollowRedirects(false);
        http.setUseCaches(false);
        http.setRequestProperty("Accept", "application/json");
        http.setRequestProperty("Accept-Encoding", "gzip");
        http.setRequestProperty("Connection", "close");
        request.headers().forEach(http::setRequestProperty);
        return http;
    }

    private Refused refused(final HttpURLConnection http, final int status) {
        final long askedNs =
                RetryAfter.parseNs(http.getHeaderField("Retry-After"), clock.epochNanos());
        final long holdNs =
                switch (status) {
                    case 403, 418, 429, 451 -> settings.refusalHold().toNanos();
                    default -> 0;
                };
        return new Refused(status, Math.max(askedNs, holdNs));
    }
}
