package io.plumbline.app.config;

import io.plumbline.app.template.Template;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One alert, and the reading of secrets. */
final class AlertReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REPEAT = Duration.ofSeconds(30);
    private static final URI PAGERDUTY = URI.create("https://events.pagerduty.com/v2/enqueue");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final ValueReader<Duration> TIMEOUTS = Values.duration("100ms", "5m");

    private final YamlMap at;
    private final String name;
    private final Path dataDirectory;

    private AlertReader(final YamlMap at, final String name, final Path dataDirectory) {
        this.at = at;
        this.name = name;
        this.dataDirectory = dataDirectory;
    }

    /** The alert, or null when its type is not known. */
    static AlertConfig read(final YamlMap at, final Path dataDirectory) {
        final Map<String, Function<AlertReader, AlertConfig>> types = new LinkedHashMap<>();
        types.put("file", AlertReader::file);
        types.put("exec", AlertReader::exec);
        types.put("webhook", AlertReader::webhook);
        types.put("pagerduty", AlertReader::pagerDuty);
        types.put("alertmanager", AlertReader::alertmanager);
        types.put("slack", AlertReader::slack);
        types.put("email", AlertReader::email);
        final Function<AlertReader, AlertConfig> type =
                at.required("type", "file", null, Values.choice("type of alert", types));
        if (type == null) {
            at.names();
            return null;
        }
        final String name = at.value("name", at.value("type", "", Values::text), Values::text);
        return type.apply(new AlertReader(at, name, dataDirectory));
    }

    /** A secret, with a warning when it stands in the file itself. */
    static Secret secret(final YamlValue given) {
        final Secret secret = given.readSecret(Secret.NONE, text -> Secret.of(Values.text(text)));
        warnUnlessElsewhere(given, secret);
        return secret;
    }

    private static void warnUnlessElsewhere(final YamlValue given, final Secret secret) {
        if (secret.isWithheld()) {
            given.warn("withheld: good for a replay, not for a run");
        } else if (secret.isGiven() && !given.refers()) {
            given.warn("a secret stands in this file; write ${NAME} or ${file:/path} instead");
        }
    }

    private AlertConfig file() {
        return new AlertConfig.File(
                name, at.value("path", dataDirectory.resolve("alerts.ndjson"), Values::path));
    }

    private AlertConfig exec() {
        final List<String> command = new ArrayList<>();
        for (final YamlValue item : at.list("command")) {
            if (item.refers()) {
                item.problem(
                        "takes from the environment; every user can see a program's arguments:"
                                + " let the program read it itself");
            } else {
                command.add(item.read("", text -> text));
            }
        }
        if (at.isEmptyList("command")) {
            at.missing("command", "[\"/usr/local/bin/page\", \"--from\", \"plumbline\"]");
        } else if (!command.isEmpty() && command.get(0).isBlank()) {
            at.problem("command", "begins with an empty program name; write its path");
        }
        return new AlertConfig.Exec(name, command, at.value("timeout", TIMEOUT, TIMEOUTS));
    }

    private AlertConfig webhook() {
        final Secret url = address("url");
        final YamlMap resolve = at.map("resolve");
        final Secret resolveUrl = resolve.given("url") ? address(resolve.find("url")) : Secret.NONE;
        final String body = at.value("body", "", AlertReader::template);
        final AlertConfig webhook =
                new AlertConfig.Webhook(
                        name,
                        url,
                        optionalSecret("secret"),
                        headers(),
                        body,
                        resolveUrl,
                        resolve.value("body", body, AlertReader::template),
                        timeout());
        resolve.done();
        return webhook;
    }

    private AlertConfig pagerDuty() {
        return new AlertConfig.PagerDuty(
                name,
                requiredSecret("routingKey", "${PAGERDUTY_ROUTING_KEY}"),
                at.value("url", PAGERDUTY, Values.uri("https", "http")),
                timeout());
    }

    private AlertConfig alertmanager() {
        final List<URI> urls = new ArrayList<>();
        for (final YamlValue item : at.list("urls")) {
            final URI url = item.read(null, Values.uri("http", "https"));
            if (url != null) {
                urls.add(url);
            }
        }
        if (at.isEmptyList("urls")) {
            at.missing("urls", "[\"http://HOST:9093\"]");
        }
        return new AlertConfig.Alertmanager(
                name,
                urls,
                headers(),
                at.value("repeat", REPEAT, Values.duration("1s", "3m")),
                at.value("watchdog", false, Values.bool()),
                timeout());
    }

    private AlertConfig slack() {
        return new AlertConfig.Slack(name, address("url"), timeout());
    }

    private AlertConfig email() {
        final AlertConfig.Email.Encryption encryption =
                at.value(
                        "encryption",
                        AlertConfig.Email.Encryption.STARTTLS,
                        Values.choice(
                                "encryption",
                                List.of(AlertConfig.Email.Encryption.values()),
                                AlertConfig.Email.Encryption::label));
        final String user = at.value("user", "", Values::text);
        final Secret password = optionalSecret("password");
        if (!user.isEmpty() && encryption == AlertConfig.Email.Encryption.NONE) {
            at.problem("user", "would be sent with its password unencrypted; use starttls or tls");
        }
        final List<String> to = new ArrayList<>();
        for (final YamlValue item : at.list("to")) {
            to.add(item.read("", AlertReader::mailbox));
        }
        if (at.isEmptyList("to")) {
            at.missing("to", "[oncall@example.org]");
        }
        return new AlertConfig.Email(
                name,
                at.required("host", "mail.example.org", "", Values::text),
                at.value("port", port(encryption), Values.integer(1, 65_535)),
                encryption,
                user,
                password,
                at.required("from", "plumbline@example.org", "", AlertReader::mailbox),
                to,
                timeout());
    }

    private static int port(final AlertConfig.Email.Encryption encryption) {
        return switch (encryption) {
            case STARTTLS -> 587;
            case TLS -> 465;
            case NONE -> 25;
        };
    }

    private Duration timeout() {
        return at.value("timeout", TIMEOUT, TIMEOUTS);
    }

    private Map<String, Secret> headers() {
        final YamlMap given = at.map("headers");
        final Map<String, Secret> headers = new LinkedHashMap<>();
        for (final String header : given.names()) {
            if (!HEADER.matcher(header).matches()) {
                given.problem(header, "is no name of a header; write letters, digits and dashes");
            }
            final YamlValue value = given.find(header);
            if (value == null) {
                continue;
            }
            final Secret secret = secret(value);
            if (secret.reveal().chars().anyMatch(Character::isISOControl)) {
                given.problem(
                        header,
                        "holds a line break or another control character; no header may: look at"
                                + " the file or variable that it comes from");
            }
            headers.put(header, secret);
        }
        return headers;
    }

    private Secret optionalSecret(final String key) {
        final YamlValue given = at.find(key);
        return given == null ? Secret.NONE : secret(given);
    }

    private Secret requiredSecret(final String key, final String example) {
        if (!at.given(key)) {
            at.missing(key, '"' + example + '"');
        }
        return optionalSecret(key);
    }

    /** The heartbeat's address is of the same kind: knowing it is permission to call. */
    static HeartbeatConfig heartbeat(final YamlMap at) {
        final YamlValue url = at.find("url");
        final HeartbeatConfig heartbeat =
                new HeartbeatConfig(
                        url == null ? Secret.NONE : address(url),
                        at.value("every", REPEAT, Values.duration("1s", "1h")),
                        at.value("timeout", TIMEOUT, TIMEOUTS));
        at.done();
        return heartbeat;
    }

    private Secret address(final String key) {
        final YamlValue given = at.find(key);
        if (given == null) {
            at.missing(key, "https://HOST/PATH");
            return Secret.NONE;
        }
        return address(given);
    }

    private static Secret address(final YamlValue given) {
        final Secret url = given.readSecret(Secret.NONE, AlertReader::hookUrl);
        if (url.isWithheld()) {
            warnUnlessElsewhere(given, url);
        }
        return url;
    }

    private static Secret hookUrl(final String text) {
        final URI url;
        try {
            url = Template.parseUrl(text).exampleUri();
        } catch (final IllegalArgumentException e) {
            throw new BadValue(e.getMessage());
        }
        if (Values.anyUri(url.toString(), "https", "http").getRawUserInfo() != null) {
            throw new BadValue("carries a user or password; remove them from the address");
        }
        return Secret.ofUrl(text, url);
    }

    private static String template(final String text) {
        try {
            Template.parse(text);
        } catch (final IllegalArgumentException e) {
            throw new BadValue(e.getMessage());
        }
        return text;
    }

    private static String mailbox(final String text) {
        try {
            new InternetAddress(Values.text(text), true).validate();
        } catch (final AddressException e) {
            throw new BadValue("is no mail address (" + e.getMessage() + "); write name@host");
        }
        return text;
    }
}
