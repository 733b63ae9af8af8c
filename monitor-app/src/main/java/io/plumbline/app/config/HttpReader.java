package io.plumbline.app.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The part {@code http}: where it listens, and who may come. */
final class HttpReader {
    private static final Pattern LITERAL_ADDRESS =
            Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})|\\[[0-9a-fA-F:.]+\\]");
    private static final int SHORTEST_TOKEN = 16;

    private HttpReader() {}

    static HttpConfig read(final YamlMap at) {
        final YamlMap share = at.map("perAddress");
        final HttpConfig http =
                new HttpConfig(
                        at.value("enabled", true, Values.bool()),
                        at.value("bind", "127.0.0.1", HttpReader::address),
                        at.value("port", 8080, Values.integer(0, 65_535)),
                        token(at),
                        hosts(at),
                        share.value("connections", 8, Values.integer(1, 64)),
                        share.value("requests", 50, Values.integer(1, 100_000)));
        share.done();
        if (!isLoopback(http.bind())) {
            if (!http.token().isGiven()) {
                at.problem(
                        "bind",
                        YamlValue.quoted(http.bind())
                                + " is no loopback address, so that others could read what it"
                                + " says; write `token: ${PLUMBLINE_TOKEN}` beside it, or listen"
                                + " on 127.0.0.1");
            } else if (http.hosts().isEmpty()) {
                at.warn(
                        "hosts",
                        "without names it answers only by those of loopback and by `bind`; write"
                                + " `hosts: [monitor.example.org]`");
            }
        }
        at.done();
        return http;
    }

    private static Secret token(final YamlMap at) {
        final YamlValue given = at.find("token");
        final Secret token = given == null ? Secret.NONE : AlertReader.secret(given);
        if (token.isGiven() && !token.isWithheld() && !isStrong(token.reveal())) {
            given.problem(
                    "the value is too easy to guess or cannot be sent in a header; write at least "
                            + SHORTEST_TOKEN
                            + " letters and digits, as `openssl rand -hex 32` prints them");
        }
        return token;
    }

    private static boolean isStrong(final String token) {
        return token.length() >= SHORTEST_TOKEN && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static List<String> hosts(final YamlMap at) {
        final List<String> hosts = new ArrayList<>();
        for (final YamlValue item : at.list("hosts")) {
            final String host = item.read("", HttpReader::host);
            if (!host.isEmpty()) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private static String host(final String text) {
        if (!HOST.matcher(text).matches()) {
            throw new BadValue("is no name of a host; write it without scheme and port");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** No name is looked up. */
    private static String address(final String text) {
        if (!text.equals("localhost") && !isAddress(text)) {
            throw new BadValue("is no address in numbers; write 127.0.0.1, or one of this host");
        }
        return text;
    }

    private static boolean isAddress(final String text) {
        try {
            return LITERAL_ADDRESS.matcher(text).matches() && InetAddress.getByName(text) != null;
        } catch (final UnknownHostException e) {
            return false;
        }
    }

    private static boolean isLoopback(final String bind) {
        try {
            return bind.equals("localhost") || InetAddress.getByName(bind).isLoopbackAddress();
        } catch (final UnknownHostException e) {
            return false;
        }
    }

    static Map<String, Object> print(final HttpConfig http) {
        return ConfigPrinter.map(
                "enabled", http.enabled(),
                "bind", ConfigPrinter.text(http.bind()),
                "port", http.port(),
                "token", ConfigPrinter.secret(http.token()),
                "hosts", http.hosts(),
                "perAddress",
                        ConfigPrinter.map(
                                "connections", http.connections(), "requests", http.requests()));
    }
}
