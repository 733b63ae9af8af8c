package io.plumbline.feed.provider;

import io.plumbline.feed.venue.VenueLimits;
import io.plumbline.market.Channel;
import java.net.URI;
import java.util.List;

/**
 * A feed as the configuration describes it, checked and concluded.
 *
 * @param name the venue's name: config, findings, API
 * @param url the WebSocket address
 */
public record ProviderSpec(
        String name, URI url, SymbolNames symbols, Talk talk, VenueLimits limits, Format format) {

    /** How messages are written. */
    public sealed interface Format permits JsonFormat, BinaryFormat {
        /** What they bring, in the order of the description. */
        List<Channel> channels();
    }

    /**
     * What is said beside data, as text in JSON.
     *
     * @param asks what is sent on a new connection, in this order
     * @param ack tells that a request was granted; null where the provider does not say so
     * @param ackId where it repeats the request's number; null where it does not
     * @param error tells that a request was refused; null likewise
     * @param errorText where it says why; null for the whole message
     * @param heartbeat tells a sign of life; null without one
     * @param ping what asks for one; null for WebSocket's own
     */
    public record Talk(
            List<Ask> asks,
            JsonMatch ack,
            JsonPath ackId,
            JsonMatch error,
            JsonPath errorId,
            JsonPath errorText,
            JsonMatch heartbeat,
            String ping) {
        public Talk {
            asks = List.copyOf(asks);
        }
    }

    /**
     * One request.
     *
     * @param text with {@code {symbol}} it is sent for each symbol, else once; {@code {symbols}} is
     *     all of them as a JSON list, {@code {id}} the request's number
     * @param channels sent only where one of these is watched; empty for always
     * @param answered whether an answer is awaited
     */
    public record Ask(String text, List<Channel> channels, boolean answered) {
        public Ask {
            channels = List.copyOf(channels);
        }
    }
}
