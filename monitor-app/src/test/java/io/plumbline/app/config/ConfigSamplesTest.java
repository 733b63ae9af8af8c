package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.plumbline.app.RepositoryTop;
import io.plumbline.market.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The samples in {@code config/} start as they are: without environment and without warnings. */
class ConfigSamplesTest {
    private static final List<KnownVenue> VENUES =
            List.of(venue("binance-spot"), venue("binance-usdm"));

    @Test
    void shouldLoadEverySample() throws IOException, ConfigException {
        final List<String> loaded = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final ConfigLoader loader = new ConfigLoader(VENUES, name -> null, warnings::add);
        try (Stream<Path> files = Files.list(RepositoryTop.path("config"))) {
            for (final Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
                final Config config = loader.load(file);
                assertEquals(config, loader.parse("printed", config.toYaml()), file.toString());
                assertFalse(config.redis().isEmpty(), file.toString());
                loaded.add(file.getFileName().toString());
            }
        }
        assertEquals(
                List.of(
                        "around-the-price.yaml",
                        "binance-spot.yaml",
                        "binance-usdm.yaml",
                        "both-markets.yaml",
                        "every-write.yaml",
                        "in-house-gateways.yaml",
                        "redis-cluster.yaml",
                        "redis-sentinel.yaml",
                        "universe.yaml"),
                loaded);
        assertEquals(List.of(), warnings);
    }

    @Test
    void shouldLoadTheExampleOfEveryAlert() throws ConfigException {
        final List<String> warnings = new ArrayList<>();
        final ConfigLoader loader = new ConfigLoader(VENUES, name -> null, warnings::add);
        final Config config = loader.load(RepositoryTop.path("config/examples/alerts.yaml"));
        assertEquals(8, config.alerts().size());
        assertEquals(2, config.cases().maintenance().size());
        assertEquals(List.of(), warnings);
    }

    private static KnownVenue venue(final String name) {
        return new KnownVenue(
                name, EnumSet.complementOf(EnumSet.of(Channel.NONE)), symbol -> symbol);
    }
}
