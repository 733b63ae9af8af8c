package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a request must be before any route sees it. The Host header must be one of ours: a page on
 * the web whose name was rebound to 127.0.0.1 cannot read the API through the user's browser. An
 * Origin, which browsers send along where a page asks for something that is not its own, must be
 * ours, too.
 */
final class RequestRules {
    private final Set<String> hosts = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    private final Set<String> further;
    private final Predicate<String> orders;
    private final OrderRules orderRules;

    /**
     * @param further names besides the loopback ones, in lower case
     * @param orders whether something may be changed at this path
     * @param orderRules for requests that do
     */
    RequestRules(
            final Set<String> further,
            final Predicate<String> orders,
            final OrderRules orderRules) {
        this.further = Set.copyOf(further);
        hosts.addAll(further);
        this.orders = orders;
        this.orderRules = orderRules;
    }

    /** Why {@code request} is refused, or null when it is not. */
    Refusal refusal(final HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        final HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Refusal.VERSION;
        }
        final HttpHeaders headers = request.headers();
        final boolean coded = headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
        final List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.size() > 1 || (coded && !lengths.isEmpty())) {
            return Refusal.MALFORMED;
        }
        final List<String> named = headers.getAll(HttpHeaderNames.HOST);
        if (named.size() != 1) {
            return Refusal.HOST_MISSING;
        }
        if (!hosts.contains(name(named.get(0)))) {
            return Refusal.HOST_UNKNOWN;
        }
        final List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
        if (!origins.isEmpty() && (origins.size() > 1 || !ours(origins.get(0), named.get(0)))) {
            return Refusal.ORIGIN;
        }
        if (request.method().equals(HttpMethod.POST) && orders.test(Query.path(request.uri()))) {
            return orderRules.refusal(request);
        }
        if (coded || (!lengths.isEmpty() && !lengths.get(0).equals("0"))) {
            return Refusal.BODY;
        }
        if (!request.method().equals(HttpMethod.GET)
                && !request.method().equals(HttpMethod.HEAD)
                && !Access.isLogin(request)) {
            return Refusal.METHOD;
        }
        return request.uri().startsWith("/") ? null : Refusal.MALFORMED;
    }

    /** The page came from here: from this very host and port, or by a name that a proxy has. */
    private boolean ours(final String origin, final String host) {
        final int end = origin.indexOf("://");
        if (end < 0) {
            return false;
        }
        final String scheme = origin.substring(0, end).toLowerCase(Locale.ROOT);
        final String from = origin.substring(end + 3);
        return (scheme.equals("http") || scheme.equals("https"))
                && (from.equalsIgnoreCase(host) || further.contains(name(from)));
    }

    private static Refusal undecodable(final Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Refusal.LINE_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException
                ? Refusal.HEADERS_TOO_LARGE
                : Refusal.MALFORMED;
    }

    /** The host without its port; "" when what follows the last colon is not one. */
    private static String name(final String host) {
        final int colon = host.lastIndexOf(':');
        if (colon < 0 || host.endsWith("]")) {
            return host.toLowerCase(Locale.ROOT);
        }
        for (int i = colon + 1; i < host.length(); i++) {
            if (host.charAt(i) < '0' || host.charAt(i) > '9') {
                return "";
            }
        }
        return host.substring(0, colon).toLowerCase(Locale.ROOT);
    }
}
