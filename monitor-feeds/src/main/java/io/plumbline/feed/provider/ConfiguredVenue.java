package io.plumbline.feed.provider;

import io.plumbline.feed.venue.ConnectionSpread;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.InstrumentNames;
import io.plumbline.feed.venue.RestRequest;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.VenueLimits;
import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A venue by its description. Its evidence is what the operator knows of the gateway: rules that
 * the description does not give are not checked. It tells no tick sizes and no order books.
 */
public final class ConfiguredVenue implements Venue {
    private static final String CONNECTION = "main";

    private final ProviderSpec spec;
    private final Set<Channel> channels;

    public ConfiguredVenue(final ProviderSpec spec) {
        this.spec = spec;
        this.channels = Collections.unmodifiableSet(EnumSet.copyOf(spec.format().channels()));
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public Set<Channel> channels() {
        return channels;
    }

    @Override
    public VenueLimits limits() {
        return spec.limits();
    }

    @Override
    public List<ConnectionPlan> plan(
            final List<String> symbols, final Set<Channel> wanted, final URI endpoint) {
        ConnectionSpread.check(spec.name(), channels, wanted);
        final List<String> streams = new ArrayList<>();
        for (final String symbol : symbols) {
            for (final Channel channel : wanted) {
                streams.add(ConfiguredDialogue.stream(channel, symbol));
            }
        }
        return ConnectionSpread.over(
                CONNECTION,
                ConnectionSpread.rebase(spec.url(), endpoint),
                streams,
                spec.limits().streamsPerConnection());
    }

    @Override
    public Dialogue dialogue() {
        return ConfiguredDialogue.of(spec);
    }

    @Override
    public String toVenueSymbol(final String symbol) {
        return spec.symbols().toVenueSymbol(symbol);
    }

    @Override
    public String toSymbol(final String venueSymbol) {
        return spec.symbols().toSymbol(venueSymbol);
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        final InstrumentNames names = new InstrumentNames(spec.name(), instruments, unknown);
        return spec.format() instanceof JsonFormat json
                ? new JsonFeedDecoder(json, spec.talk(), names)
                : new BinaryFeedDecoder((BinaryFormat) spec.format(), spec.talk(), names);
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of();
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        throw new IOException(spec.name() + " has no list of instruments");
    }
}
