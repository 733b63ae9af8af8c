package io.plumbline.app;

import io.plumbline.app.alert.AlertChannel;
import io.plumbline.app.alert.ExecHook;
import io.plumbline.app.alert.NdjsonFileHook;
import io.plumbline.app.alert.WebhookHook;
import io.plumbline.app.config.AlertConfig;
import io.plumbline.app.config.Secret;
import io.plumbline.time.EpochNanoClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The alert channels that a configuration asks for. A new kind is one case here. */
final class AlertChannels {
    private static final long FILE_BYTES = 64L << 20;
    private static final int FILES_KEPT = 5;

    /** What a program that is called gets of our environment. */
    private static final List<String> ENVIRONMENT = List.of("PATH", "HOME", "LANG", "TZ");

    private AlertChannels() {}

    static List<AlertChannel> of(final List<AlertConfig> configs, final EpochNanoClock clock) {
        final List<AlertChannel> channels = new ArrayList<>();
        for (final AlertConfig config : configs) {
            channels.add(of(config, clock));
        }
        return channels;
    }

    private static AlertChannel of(final AlertConfig config, final EpochNanoClock clock) {
        if (config instanceof AlertConfig.File file) {
            return new NdjsonFileHook(file.name(), file.path(), FILE_BYTES, FILES_KEPT);
        }
        if (config instanceof AlertConfig.Exec exec) {
            return new ExecHook(
                    exec.name(), exec.command(), environment(), exec.timeout().toNanos(), clock);
        }
        final AlertConfig.Webhook webhook = (AlertConfig.Webhook) config;
        return new WebhookHook(
                webhook.name(),
                URI.create(webhook.url().reveal()),
                webhook.secret().equals(Secret.NONE) ? "" : webhook.secret().reveal(),
                Map.of(),
                webhook.timeout().toNanos(),
                clock);
    }

    private static Map<String, String> environment() {
        final Map<String, String> environment = new HashMap<>();
        for (final String name : ENVIRONMENT) {
            final String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        return environment;
    }
}
