package io.plumbline.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One place that cases are sent to. */
public sealed interface AlertConfig {
    /** Unique and stable: the outbox remembers by it what was delivered. */
    String name();

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
     * @param url a secret: for many services knowing it is permission to post
     * @param secret signs the body; {@link Secret#NONE} to leave it unsigned
     * @param timeout for the whole request
     */
    record Webhook(String name, Secret url, Secret secret, Duration timeout)
            implements AlertConfig {}
}
