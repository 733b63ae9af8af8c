package io.plumbline.app.config;

import io.plumbline.market.Channel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One exchange market and what is watched on it.
 *
 * @param symbols in ccxt form, no two the same; none only where the universe tells them, or where
 *     it told none
 * @param channels at least one, in the order of the file
 * @param endpoint replaces the venue's WebSocket address; null for the venue's own
 * @param rest replaces the venue's REST address; null for the venue's own
 * @param exchangeInformation whether the venue is asked for tick sizes at start
 * @param trust PEM file of a private CA; null for the JDK's
 * @param rotateAfter age at which a connection is replaced; null for the venue's own rule
 * @param token what the venue lets us in by; NONE where it lets everybody in
 * @param universe what is watched beside the symbols, to be concluded at start
 * @param connections 2 to take every stream over two connections, 1 to take it over one
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
        Secret token,
        Universe universe,
        int connections) {

    public VenueConfig {
        symbols = List.copyOf(symbols);
        channels = List.copyOf(channels);
    }

    /** The same with everything concluded. */
    public VenueConfig concluded(final List<String> concludedSymbols) {
        return new VenueConfig(
                name,
                concludedSymbols,
                channels,
                endpoint,
                rest,
                exchangeInformation,
                trust,
                rotateAfter,
                token,
                universe.concluded(),
                connections);
    }
}
