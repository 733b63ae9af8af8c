package io.plumbline.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One alert, and the reading of secrets. */
final class AlertReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
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
        final Function<AlertReader, AlertConfig> type =
                at.required("type", "file", null, Values.choice("type of alert", types));
        if (type == null) {
            List.of("name", "path", "command", "timeout", "url", "secret").forEach(at::given);
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
        Secret url = Secret.NONE;
        final YamlValue address = at.find("url");
        if (address == null) {
            at.missing("url", "https://HOST/PATH");
        } else {
            url = address.readSecret(Secret.NONE, text -> Secret.of(webhookUrl(text)));
            if (url.isWithheld()) {
                warnUnlessElsewhere(address, url);
            }
        }
        final YamlValue signing = at.find("secret");
        return new AlertConfig.Webhook(
                name,
                url,
                signing == null ? Secret.NONE : secret(signing),
                at.value("timeout", TIMEOUT, TIMEOUTS));
    }

    private static URI webhookUrl(final String text) {
        final URI url = Values.anyUri(text, "https", "http");
        if (url.getRawUserInfo() != null) {
            throw new BadValue("carries a user or password; remove them from the address");
        }
        return url;
    }
}
