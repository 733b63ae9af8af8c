package io.plumbline.app.alert;

import io.plumbline.feed.RetryAfter;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * POSTs JSON to one place and says what the answer means for a delivery. 2xx delivers; 408, 425,
 * 429, 5xx and anything that goes wrong on the network retries, no sooner than a Retry-After; every
 * other answer refuses, redirects too: what is sent is meant for one place. The URL, the secrets
 * and the values of the headers are taken out of whatever is said about a failure. One thread
 * posts, any thread may close.
 */
final class HttpPost {
    private static final int ANSWER_BYTES = 4 * 1_024;
    private static final int ANSWER_SHOWN = 300;

    /** No server can silence a pager for longer. */
    private static final long LONGEST_SILENCE_NS = TimeUnit.HOURS.toNanos(1);

    private final Map<String, String> headers;
    private final int timeoutMs;
    private final EpochNanoClock clock;
    private final Redaction redaction;
    private volatile HttpURLConnection running;

    /**
     * @param places every URL that may be posted to: parts of a path may be the permission to post
     * @param secrets what else must never be shown
     * @param headers sent along, for example Authorization; their values are secrets
     * @param timeoutNs for the connection, and again for every wait for bytes of the answer
     */
    HttpPost(
            final List<URI> places,
            final List<String> secrets,
            final Map<String, String> headers,
            final long timeoutNs,
            final EpochNanoClock clock) {
        this.headers = Map.copyOf(headers);
        this.timeoutMs =
                (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(timeoutNs) + 1);
        this.clock = clock;
        redaction = new Redaction(secrets(places, secrets, headers));
    }

    /**
     * @throws IllegalArgumentException where {@code uri} cannot be posted to; shows none of it
     */
    static URI checked(final String channel, final URI uri) {
        final boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "alert channel "
                            + channel
                            + " needs an http or https URL with a host and without user:password@"
                            + " (give credentials as headers)");
        }
        return uri;
    }

    private static List<String> secrets(
            final List<URI> places, final List<String> given, final Map<String, String> headers) {
        final List<String> secrets = new ArrayList<>(given);
        for (final String value : headers.values()) {
            secrets.add(value);
            secrets.addAll(List.of(value.split(" ")));
        }
        for (final URI uri : places) {
            secrets.add(uri.toString());
            for (final String part :
                    new String[] {uri.getRawPath(), uri.getPath(), uri.getRawQuery()}) {
                if (part != null) {
                    secrets.add(part);
                    secrets.addAll(List.of(part.split("[/&=]")));
                }
            }
        }
        return secrets;
    }

    /**
     * Posts once.
     *
     * @param more headers of this one request; no secrets
     */
    Delivery post(final URI uri, final byte[] body, final Map<String, String> more) {
        try {
            final HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            running = connection;
            try {
                send(connection, body, more);
                return verdict(connection);
            } finally {
                running = null;
                connection.disconnect();
            }
        } catch (final HttpRetryException e) {
            return Delivery.refused("HTTP " + e.responseCode());
        } catch (final IOException e) {
            final String message = e.getMessage() == null ? "" : ": " + e.getMessage();
            return Delivery.retry(0, redaction.of(e.getClass().getSimpleName() + message));
        }
    }

    private void send(
            final HttpURLConnection connection, final byte[] body, final Map<String, String> more)
            throws IOException {
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(timeoutMs);
        connection.setReadTimeout(timeoutMs);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        // A streamed body keeps the JDK from repeating the POST by itself.
        connection.setFixedLengthStreamingMode(body.length);
        headers.forEach(connection::setRequestProperty);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("User-Agent", "plumbline");
        more.forEach(connection::setRequestProperty);
        try (var out = connection.getOutputStream()) {
            out.write(body);
        }
    }

    private Delivery verdict(final HttpURLConnection connection) throws IOException {
        final int status = connection.getResponseCode();
        if (status >= 200 && status < 300) {
            return Delivery.delivered();
        }
        if (status < 0) {
            return Delivery.retry(0, "the answer is not HTTP");
        }
        final String reason = "HTTP " + status + answer(connection);
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            final String header = connection.getHeaderField("Retry-After");
            return Delivery.retry(
                    Math.min(LONGEST_SILENCE_NS, RetryAfter.parseNs(header, clock.epochNanos())),
                    reason);
        }
        return Delivery.refused(reason);
    }

    /**
     * What the receiver says, one line. The stream is left to disconnect(): closing it would put
     * the connection into the JDK's pool, and the next alert would meet it after the receiver has
     * closed it.
     */
    private String answer(final HttpURLConnection connection) {
        final InputStream in = connection.getErrorStream();
        if (in == null) {
            return "";
        }
        try {
            final byte[] head = in.readNBytes(ANSWER_BYTES);
            final String text = redaction.of(new String(head, StandardCharsets.UTF_8));
            final String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            return line.isEmpty()
                    ? ""
                    : ": " + line.substring(0, Math.min(line.length(), ANSWER_SHOWN));
        } catch (final IOException e) {
            return " (its body could not be read)";
        }
    }

    /** Ends a request under way. */
    void close() {
        final HttpURLConnection now = running;
        if (now != null) {
            now.disconnect();
        }
    }

    /** Scheme and host only: the rest of a URL may be the secret. */
    static String shown(final URI uri) {
        return uri.getScheme() + "://" + uri.getHost();
    }
}
