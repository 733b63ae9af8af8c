package io.plumbline.app.config;

import io.plumbline.feed.provider.ConfiguredVenue;
import io.plumbline.feed.provider.ProviderSpec;
import java.util.Map;

/**
 * A feed that the configuration describes.
 *
 * @param description the keys as they were given, for {@link ConfigPrinter}: a journal carries
 *     them, so that its replay knows the provider
 */
public record ProviderConfig(ProviderSpec spec, Map<String, Object> description) {

    /** The venue that it is. */
    public ConfiguredVenue venue() {
        return new ConfiguredVenue(spec);
    }
}
