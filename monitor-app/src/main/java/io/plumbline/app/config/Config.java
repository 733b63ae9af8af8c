package io.plumbline.app.config;

import io.plumbline.feed.provider.ProviderSpec;
import io.plumbline.feed.venue.VenueCatalogue;
import io.plumbline.feed.venue.Venues;
import java.util.ArrayList;
import java.util.List;

/**
 * The concluded configuration: validated, every default filled in, immutable.
 *
 * @param providers feeds that are venues by their description here; names are unique
 * @param venues at least one; names are unique
 * @param redis may be empty: then feeds are watched and no price is compared
 * @param databases that are compared with Redis; names are unique
 * @param alerts in the order of the file; names are unique
 */
public record Config(
        MonitorConfig monitor,
        JournalConfig journal,
        List<ProviderConfig> providers,
        List<VenueConfig> venues,
        List<RedisConfig> redis,
        List<DatabaseConfig> databases,
        DetectorsConfig detectors,
        CasesConfig cases,
        List<AlertConfig> alerts,
        HttpConfig http,
        GateConfig gate,
        DiagnosticsConfig diagnostics,
        LatencyConfig latency,
        FindingsConfig findings,
        HeartbeatConfig heartbeat) {

    public Config {
        providers = List.copyOf(providers);
        venues = List.copyOf(venues);
        redis = List.copyOf(redis);
        databases = List.copyOf(databases);
        alerts = List.copyOf(alerts);
    }

    /** The venue of this name; IllegalArgumentException when it is not configured. */
    public VenueConfig venue(final String name) {
        return venues.stream()
                .filter(venue -> venue.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such venue: " + name));
    }

    /** The same with other Redis servers. */
    public Config withRedis(final List<RedisConfig> others) {
        return with(monitor, others);
    }

    /** The same in low latency. */
    public Config inLowLatency() {
        return with(
                new MonitorConfig(
                        monitor.name(),
                        monitor.dataDirectory(),
                        monitor.tick(),
                        true,
                        monitor.ring()),
                redis);
    }

    private Config with(final MonitorConfig itself, final List<RedisConfig> others) {
        return new Config(
                itself,
                journal,
                providers,
                venues,
                others,
                databases,
                detectors,
                cases,
                alerts,
                http,
                gate,
                diagnostics,
                latency,
                findings,
                heartbeat);
    }

    /** The venues of the build, and those that are described here. */
    public VenueCatalogue catalogue() {
        return Venues.catalogue().with(providers.stream().map(ProviderConfig::venue).toList());
    }

    /**
     * The paths of the secrets that stand as {@code ***}: this came from a printed configuration,
     * good for a replay and not for a live run.
     */
    public List<String> withheldSecrets() {
        final List<String> paths = new ArrayList<>();
        for (int i = 0; i < providers.size(); i++) {
            final ProviderSpec.Talk talk = providers.get(i).spec().talk();
            if (talk.asks().stream().anyMatch(ask -> ask.text().equals(Secret.WITHHELD))) {
                paths.add("providers[" + i + "].subscribe");
            }
            if (Secret.WITHHELD.equals(talk.ping())) {
                paths.add("providers[" + i + "].ping");
            }
        }
        for (int i = 0; i < venues.size(); i++) {
            if (venues.get(i).token().isWithheld()) {
                paths.add("venues[" + i + "].token");
            }
        }
        for (int i = 0; i < redis.size(); i++) {
            if (redis.get(i).password().isWithheld()) {
                paths.add("redis[" + i + "].password");
            }
        }
        for (int i = 0; i < databases.size(); i++) {
            if (databases.get(i).password().isWithheld()) {
                paths.add("databases[" + i + "].password");
            }
        }
        for (int i = 0; i < alerts.size(); i++) {
            final String path = "alerts[" + i + "].";
            alerts.get(i)
                    .secrets()
                    .forEach(
                            (key, secret) -> {
                                if (secret.isWithheld()) {
                                    paths.add(path + key);
                                }
                            });
        }
        if (gate.hash() != null && gate.hash().server().password().isWithheld()) {
            paths.add("gate.redis.password");
        }
        if (http.token().isWithheld()) {
            paths.add("http.token");
        }
        if (heartbeat.url().isWithheld()) {
            paths.add("heartbeat.url");
        }
        return paths;
    }

    /** All of it as YAML that loads again, with {@code ***} for every secret. */
    public String toYaml() {
        return ConfigPrinter.print(this);
    }
}
