package io.plumbline.bench.figure;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.Channel;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Recorded messages of one venue by the channel of their first event, as our decoder tells it. */
final class ChannelTraffic {
    private static final int MESSAGES = 10_000;

    private ChannelTraffic() {}

    /**
     * The first {@code count} of one channel of a venue, again from the beginning at their end;
     * IOException where the recording has none, or is not here.
     */
    static Corpus of(final Path feeds, final String venue, final String channel, final int count)
            throws IOException {
        for (final VenueDecodeFigure.Recording recording : VenueDecodeFigure.RECORDINGS) {
            if (recording.venue().equals(venue)) {
                final Map<Channel, List<byte[]>> byChannel = byChannel(feeds, recording);
                for (final Map.Entry<Channel, List<byte[]>> entry : byChannel.entrySet()) {
                    if (entry.getKey().label().equals(channel)) {
                        final List<byte[]> all = entry.getValue();
                        return new Corpus(
                                channel,
                                venue,
                                IntStream.range(0, count)
                                        .mapToObj(i -> all.get(i % all.size()))
                                        .toList());
                    }
                }
                throw new IOException(
                        "the recording of "
                                + venue
                                + " has no "
                                + channel
                                + ": "
                                + byChannel.keySet());
            }
        }
        throw new IOException("no recording of " + venue);
    }

    static Map<Channel, List<byte[]>> byChannel(
            final Path feeds, final VenueDecodeFigure.Recording recording) throws IOException {
        final Corpus all =
                Corpus.recorded(
                        recording.venue(),
                        recording.venue(),
                        feeds.resolve(recording.file()),
                        MESSAGES,
                        text -> true);
        final MessageDecoder decoder = all.decoder();
        final MarketEvent draft = new MarketEvent();
        final InboundMessage message = new InboundMessage();
        final Map<Channel, List<byte[]>> byChannel = new EnumMap<>(Channel.class);
        for (int i = 0; i < all.size(); i++) {
            all.show(i, message);
            final Channel[] first = {Channel.NONE};
            decoder.decode(
                    message,
                    draft.begin(message),
                    event -> first[0] = first[0] == Channel.NONE ? event.channel : first[0]);
            byChannel
                    .computeIfAbsent(first[0], channel -> new ArrayList<>())
                    .add(
                            Arrays.copyOfRange(
                                    all.bytes, all.offsets[i], all.offsets[i] + all.lengths[i]));
        }
        byChannel.remove(Channel.NONE);
        return byChannel;
    }
}
