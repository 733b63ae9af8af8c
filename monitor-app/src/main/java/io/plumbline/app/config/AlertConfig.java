package io.plumbline.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One place that cases are sent to. */
public sealed interface AlertConfig {
    /** Unique and stable: the outbox remembers by it what was delivered. */
    String name();

    /** Its secrets by their place in the configuration. */
    default Map<String, Secret> secrets() {
        return Map.of();
    }

    /** Appends NDJSON to a file. */
    record File(String name, Path path) implements AlertConfig {}

    /**
     * Runs a program with the alert as JSON on its standard input.
     *
     * @param command the program and its arguments, no shell between
     * @param timeout after which the program is killed and the delivery repeated
     */
    record Exec(String name, List<String> command, Duration timeout) implements AlertConfig {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /**
     * Posts JSON with Standard Webhooks headers.
     *
     * @param url a secret, may hold words of {@code Template}: for many services knowing it is
     *     permission to post
     * @param secret signs the body; {@link Secret#NONE} to leave it unsigned
     * @param headers sent along; secrets
     * @param body a template, "" for our own JSON
     * @param resolveUrl the same as {@code url} for the end of a case; {@link Secret#NONE} for the
     *     same place
     * @param resolveBody the same as {@code body} for the end of a case
     * @param timeout for the whole request
     */
    record Webhook(
            String name,
            Secret url,
            Secret secret,
            Map<String, Secret> headers,
            String body,
            Secret resolveUrl,
            String resolveBody,
            Duration timeout)
            implements AlertConfig {
        public Webhook {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        @Override
        public Map<String, Secret> secrets() {
            final Map<String, Secret> secrets = new LinkedHashMap<>();
            secrets.put("url", url);
            secrets.put("secret", secret);
            headers.forEach((header, value) -> secrets.put("headers." + header, value));
            secrets.put("resolve.url", resolveUrl);
            return secrets;
        }
    }

    /**
     * PagerDuty's Events API v2.
     *
     * @param routingKey the integration key, a secret
     */
    record PagerDuty(String name, Secret routingKey, URI url, Duration timeout)
            implements AlertConfig {
        @Override
        public Map<String, Secret> secrets() {
            return Map.of("routingKey", routingKey);
        }
    }

    /**
     * Alertmanager's API v2.
     *
     * @param urls base addresses of all replicas
     * @param headers sent along; secrets
     * @param repeat from one repetition of what stands to the next
     * @param watchdog whether an alert {@code Watchdog} stands while the monitor vouches for itself
     */
    record Alertmanager(
            String name,
            List<URI> urls,
            Map<String, Secret> headers,
            Duration repeat,
            boolean watchdog,
            Duration timeout)
            implements AlertConfig {
        public Alertmanager {
            urls = List.copyOf(urls);
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        @Override
        public Map<String, Secret> secrets() {
            final Map<String, Secret> secrets = new LinkedHashMap<>();
            headers.forEach((header, value) -> secrets.put("headers." + header, value));
            return secrets;
        }
    }

    /**
     * A Slack incoming webhook.
     *
     * @param url a secret
     */
    record Slack(String name, Secret url, Duration timeout) implements AlertConfig {
        @Override
        public Map<String, Secret> secrets() {
            return Map.of("url", url);
        }
    }

    /**
     * Mail by SMTP.
     *
     * @param user "" to send without logging in
     */
    record Email(
            String name,
            String host,
            int port,
            Encryption encryption,
            String user,
            Secret password,
            String from,
            List<String> to,
            Duration timeout)
            implements AlertConfig {
        /** How the connection to the mail server is encrypted. */
        public enum Encryption {
            STARTTLS,
            TLS,
            NONE;

            public String label() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        public Email {
            to = List.copyOf(to);
        }

        @Override
        public Map<String, Secret> secrets() {
            return Map.of("password", password);
        }
    }
}
