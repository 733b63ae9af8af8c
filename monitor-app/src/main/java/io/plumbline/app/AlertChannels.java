package io.plumbline.app;

import io.plumbline.app.alert.AlertChannel;
import io.plumbline.app.alert.AlertmanagerChannel;
import io.plumbline.app.alert.EmailChannel;
import io.plumbline.app.alert.ExecHook;
import io.plumbline.app.alert.HeartbeatPush;
import io.plumbline.app.alert.NdjsonFileHook;
import io.plumbline.app.alert.PagerDutyChannel;
import io.plumbline.app.alert.SlackChannel;
import io.plumbline.app.alert.Vouch;
import io.plumbline.app.alert.WebhookHook;
import io.plumbline.app.config.AlertConfig;
import io.plumbline.app.config.HeartbeatConfig;
import io.plumbline.app.config.Secret;
import io.plumbline.app.template.Template;
import io.plumbline.time.EpochNanoClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The alert channels that a configuration asks for. A new kind is one case here. */
final class AlertChannels {
    private static final long FILE_BYTES = 64L << 20;
    private static final int FILES_KEPT = 5;

    /** What a program that is called gets of our environment. */
    private static final List<String> ENVIRONMENT = List.of("PATH", "HOME", "LANG", "TZ");

    private AlertChannels() {}

    /**
     * @param monitor names this monitor where a channel asks who speaks
     * @param vouch whether it can answer for itself, for channels that say so
     */
    static List<AlertChannel> of(
            final List<AlertConfig> configs,
            final String monitor,
            final Vouch vouch,
            final EpochNanoClock clock) {
        final List<AlertChannel> channels = new ArrayList<>();
        for (final AlertConfig config : configs) {
            final AlertChannel channel = of(config, monitor, clock);
            if (channel instanceof AlertmanagerChannel manager
                    && ((AlertConfig.Alertmanager) config).watchdog()) {
                manager.withWatchdog(vouch);
            }
            channels.add(channel);
        }
        return channels;
    }

    /** The heartbeat, where one is configured. */
    static Optional<HeartbeatPush> heartbeat(
            final HeartbeatConfig config, final Vouch vouch, final EpochNanoClock clock) {
        return config.url().isGiven()
                ? Optional.of(
                        new HeartbeatPush(
                                URI.create(config.url().reveal()),
                                config.every().toNanos(),
                                config.timeout().toNanos(),
                                vouch,
                                clock))
                : Optional.empty();
    }

    private static AlertChannel of(
            final AlertConfig config, final String monitor, final EpochNanoClock clock) {
        if (config instanceof AlertConfig.File file) {
            return new NdjsonFileHook(file.name(), file.path(), FILE_BYTES, FILES_KEPT);
        }
        if (config instanceof AlertConfig.Exec exec) {
            return new ExecHook(
                    exec.name(), exec.command(), environment(), exec.timeout().toNanos(), clock);
        }
        if (config instanceof AlertConfig.PagerDuty pager) {
            return new PagerDutyChannel(
                    pager.name(),
                    pager.url(),
                    pager.routingKey().reveal(),
                    monitor,
                    pager.timeout().toNanos(),
                    clock);
        }
        if (config instanceof AlertConfig.Alertmanager manager) {
            return new AlertmanagerChannel(
                    manager.name(),
                    manager.urls(),
                    revealed(manager.headers()),
                    monitor,
                    manager.repeat().toNanos(),
                    manager.timeout().toNanos(),
                    clock);
        }
        if (config instanceof AlertConfig.Slack slack) {
            return new SlackChannel(
                    slack.name(),
                    URI.create(slack.url().reveal()),
                    slack.timeout().toNanos(),
                    clock);
        }
        return config instanceof AlertConfig.Email email
                ? email(email)
                : webhook((AlertConfig.Webhook) config, clock);
    }

    private static AlertChannel email(final AlertConfig.Email email) {
        return new EmailChannel(
                email.name(),
                new EmailChannel.Server(
                        email.host(),
                        email.port(),
                        EmailChannel.Encryption.valueOf(email.encryption().name()),
                        email.user(),
                        email.password().reveal(),
                        email.from(),
                        email.to()),
                email.timeout().toNanos());
    }

    private static AlertChannel webhook(
            final AlertConfig.Webhook webhook, final EpochNanoClock clock) {
        final Secret resolve =
                webhook.resolveUrl().isGiven() ? webhook.resolveUrl() : webhook.url();
        return new WebhookHook(
                webhook.name(),
                target(webhook.url(), webhook.body()),
                target(resolve, webhook.resolveBody()),
                webhook.secret().reveal(),
                revealed(webhook.headers()),
                webhook.timeout().toNanos(),
                clock);
    }

    private static WebhookHook.Target target(final Secret url, final String body) {
        return new WebhookHook.Target(
                Template.parseUrl(url.reveal()), body.isEmpty() ? null : Template.parse(body));
    }

    private static Map<String, String> revealed(final Map<String, Secret> headers) {
        final Map<String, String> revealed = new HashMap<>();
        headers.forEach((header, value) -> revealed.put(header, value.reveal()));
        return revealed;
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
