package io.plumbline.feed.websocket;

import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.RestRequest;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.VenueLimits;
import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A venue whose messages are words: {@code data STREAM N}, {@code ack ID}, {@code err ID WHY},
 * {@code bye}; one subscribe request ({@code sub ID STREAM}) per stream.
 */
record FakeVenue(VenueLimits limits) implements Venue {
    static final VenueLimits LIMITS =
            new VenueLimits(
                    10,
                    20,
                    100,
                    Duration.ofSeconds(10),
                    Duration.ofHours(24),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(5));

    FakeVenue() {
        this(LIMITS);
    }

    /** The same limits with other heartbeats and message budget. */
    static FakeVenue with(final int messagesPerSecond, final Duration ping, final Duration server) {
        return new FakeVenue(
                new VenueLimits(
                        10,
                        messagesPerSecond,
                        100,
                        Duration.ofSeconds(10),
                        Duration.ofHours(24),
                        ping,
                        server));
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.TRADE);
    }

    @Override
    public List<ConnectionPlan> plan(
            final List<String> symbols, final Set<Channel> channels, final URI endpoint) {
        return List.of(new ConnectionPlan("main", endpoint, symbols));
    }

    @Override
    public Dialogue dialogue() {
        return new FakeDialogue();
    }

    private static final class FakeDialogue implements Dialogue {
        @Override
        public List<Request> requests(final List<String> streams) {
            final List<Request> requests = new ArrayList<>();
            for (final String stream : streams) {
                if (stream.equals("broken")) {
                    throw new IllegalArgumentException("no such stream: " + stream);
                }
                requests.add(Request.of("sub " + (FIRST_ID + requests.size()) + " " + stream));
            }
            return requests;
        }

        @Override
        public Control control(final ByteBuffer message) {
            final String[] words = words(message);
            return switch (words[0]) {
                case "ack" -> new Control(Control.Kind.ACK, Integer.parseInt(words[1]), "");
                case "err" -> new Control(Control.Kind.ERROR, Integer.parseInt(words[1]), words[2]);
                case "bye" -> new Control(Control.Kind.SHUTDOWN, -1, "");
                default -> null;
            };
        }

        @Override
        public String streamOf(final ByteBuffer head) {
            final String[] words = words(head);
            return words[0].equals("data") ? words[1] : null;
        }
    }

    private static String[] words(final ByteBuffer head) {
        return StandardCharsets.UTF_8.decode(head).toString().split(" ", 3);
    }

    @Override
    public String toVenueSymbol(final String symbol) {
        return symbol.replace("/", "");
    }

    @Override
    public String toSymbol(final String venueSymbol) {
        return venueSymbol.endsWith("USDT")
                ? venueSymbol.substring(0, venueSymbol.length() - 4) + "/USDT"
                : venueSymbol;
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return (message, draft, out) -> {};
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(RestRequest.get(rest.resolve("/instruments")));
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        final List<Reference> references = new ArrayList<>();
        for (final String line :
                new String(body.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            final String[] words = line.split(" ");
            if (words.length != 2) {
                throw new IOException("not an instrument: " + line);
            }
            references.add(new Reference(words[0], words[1]));
        }
        return new ReferencePage(references, null);
    }
}
