package io.plumbline.app.config;

import io.plumbline.market.Channel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One exchange market and what is watched on it.
 *
 * @param symbols in ccxt form, at least one, no two the same
 * @param channels at least one, in the order of the file
 * @param endpoint replaces the venue's WebSocket address; null for the venue's own
 * @param rest replaces the venue's REST address; null for the venue's own
 * @param exchangeInformation whether the venue is asked for tick sizes at start
 * @param trust PEM file of a private CA; null for the JDK's
 * @param rotateAfter age at which a connection is replaced; null for the venue's own rule
 * @param token what the venue lets us in by; NONE where it lets everybody in
 */
public record VenueConfig(
        String name,
        List<String> symbols,
        List<Channel> channels,
        URI endpoint,
        URI rest,
        boolean exchangeInformation,
        Path trust,
        Duration rotateAfter,
        Secret token) {

    /** One that lets everybody in. */
    public VenueConfig(
            final String name,
            final List<String> symbols,
            final List<Channel> channels,
            final URI endpoint,
            final URI rest,
            final boolean exchangeInformation,
            final Path trust,
            final Duration rotateAfter) {
        this(
                name,
                symbols,
                channels,
                endpoint,
                rest,
                exchangeInformation,
                trust,
                rotateAfter,
                Secret.NONE);
    }

    public VenueConfig {
        symbols = List.copyOf(symbols);
        channels = List.copyOf(channels);
    }
}
