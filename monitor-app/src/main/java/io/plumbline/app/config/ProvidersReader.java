package io.plumbline.app.config;

import io.plumbline.feed.provider.ProviderReader;
import io.plumbline.feed.provider.ProviderSpec;
import io.plumbline.market.Channel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The feeds that the configuration describes, which are then venues like those of the build. */
final class ProvidersReader {
    private final Map<String, KnownVenue> venues;

    /**
     * @param known the venues that this build supports, by name
     */
    ProvidersReader(final Map<String, KnownVenue> known) {
        this.venues = new LinkedHashMap<>(known);
    }

    List<ProviderConfig> read(final YamlMap top) {
        final List<ProviderConfig> providers = new ArrayList<>();
        for (final YamlValue item : top.list("providers")) {
            final YamlMap at = item.map();
            final ProviderKeys keys = new ProviderKeys(at);
            final ProviderSpec spec = ProviderReader.read(keys);
            keys.done();
            final String name = spec == null ? at.value("name", "", text -> text) : spec.name();
            if (!name.isEmpty() && venues.containsKey(name)) {
                at.problem(
                        "name", "there is a venue \"" + name + "\" already; give it another name");
            } else if (spec == null) {
                // One whose description is wrong is told of here, and not again where it is used.
                venues.put(name, anything(name));
            } else {
                final ProviderConfig provider = new ProviderConfig(spec, keys.description());
                venues.put(name, KnownVenue.of(provider.venue()));
                providers.add(provider);
            }
        }
        return providers;
    }

    /** The venues of the build, and behind them those that were read. */
    Map<String, KnownVenue> venues() {
        return venues;
    }

    private static KnownVenue anything(final String name) {
        return new KnownVenue(
                name, EnumSet.complementOf(EnumSet.of(Channel.NONE)), symbol -> symbol);
    }
}
