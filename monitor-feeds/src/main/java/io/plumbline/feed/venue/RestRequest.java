package io.plumbline.feed.venue;

import java.net.URI;
import java.util.Map;

/**
 * One request to a venue's REST interface.
 *
 * @param body JSON to POST, or null for a GET
 * @param headers beside the usual ones; may hold secrets, so it is never printed
 */
public record RestRequest(URI uri, String body, Map<String, String> headers) {
    public RestRequest {
        headers = Map.copyOf(headers);
    }

    /** A plain GET. */
    public static RestRequest get(final URI uri) {
        return new RestRequest(uri, null, Map.of());
    }

    @Override
    public String toString() {
        return (body == null ? "GET " : "POST ") + uri.getHost() + uri.getPath();
    }
}
