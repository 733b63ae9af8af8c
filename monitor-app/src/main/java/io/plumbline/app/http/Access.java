package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may ask. On loopback everybody may read; beyond it every request carries the token, as {@code
 * Authorization: Bearer}, or the cookie that a browser got for it. The cookie never opens what
 * changes something: another page could make the browser send it.
 *
 * <p>A cookie is its own proof, the time of its end under a MAC whose key lives as long as the
 * process: nothing is kept of who is logged in. Event loops, any of them.
 */
final class Access {
    static final String LOGIN = "/login";

    /** What the page that asks for the token is made of. */
    private static final Set<String> PUBLIC =
            Set.of("/web/login.js", "/web/app.css", "/web/icon.svg");

    private static final String SCHEME = "Bearer ";
    private static final long SESSION_S = 12 * 3_600;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int KEY_BYTES = 32;
    private static final String MAC = "HmacSHA256";

    private final byte[] token;
    private final boolean given;
    private final boolean everything;
    private final SecretKeySpec key;

    /**
     * @param token "" for none: then nobody may change anything
     * @param everything whether reading needs it, too
     */
    Access(final String token, final boolean everything) {
        this.token = digest(token);
        given = !token.isEmpty();
        this.everything = everything;
        final byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, MAC);
    }

    /** Whether {@code request} for {@code path} may be read and answered. */
    boolean admits(final HttpRequest request, final String path, final long nowNs) {
        return !everything || PUBLIC.contains(path) || bearer(request) || session(request, nowNs);
    }

    /** Whether {@code request} carries the token itself, as whatever changes something must. */
    boolean bearer(final HttpRequest request) {
        final List<String> values = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (!given || values.size() != 1) {
            return false;
        }
        final String value = values.get(0);
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(token, digest(value.substring(SCHEME.length()).strip()));
    }

    /** Whether anybody may change something at all. */
    boolean given() {
        return given;
    }

    /** Whether {@code request} wants a cookie for its token. */
    static boolean isLogin(final HttpRequest request) {
        return request.method().equals(HttpMethod.POST) && request.uri().equals(LOGIN);
    }

    /** The Set-Cookie of whoever has shown the token. */
    String cookie(final int port, final long nowNs) {
        final long end = nowNs / NS_PER_S + SESSION_S;
        return name(port)
                + "="
                + end
                + "."
                + mac(end)
                + "; Path=/; Max-Age="
                + SESSION_S
                + "; HttpOnly; SameSite=Strict";
    }

    /** Cookies do not know ports: two monitors of one host have two names. */
    private static String name(final int port) {
        return "plumbline-" + port;
    }

    private boolean session(final HttpRequest request, final long nowNs) {
        for (final String header : request.headers().getAll(HttpHeaderNames.COOKIE)) {
            for (final Cookie cookie : ServerCookieDecoder.STRICT.decodeAll(header)) {
                if (cookie.name().startsWith("plumbline-") && holds(cookie.value(), nowNs)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean holds(final String value, final long nowNs) {
        final int dot = value.indexOf('.');
        if (dot < 1 || dot > 12 || !value.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        final long end = Long.parseLong(value.substring(0, dot));
        return end > nowNs / NS_PER_S
                && MessageDigest.isEqual(
                        mac(end).getBytes(StandardCharsets.US_ASCII),
                        value.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    }

    private String mac(final long end) {
        try {
            final Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            mac.doFinal(Long.toString(end).getBytes(StandardCharsets.US_ASCII)));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    private static byte[] digest(final String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
