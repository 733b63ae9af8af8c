package io.plumbline.feed.sim;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.plumbline.detect.BookDetector;
import io.plumbline.detect.Detector;
import io.plumbline.detect.Engine;
import io.plumbline.detect.MonitorDetector;
import io.plumbline.detect.MuteDetector;
import io.plumbline.detect.ParseDetector;
import io.plumbline.detect.SequenceDetector;
import io.plumbline.detect.SessionDetector;
import io.plumbline.detect.Silence;
import io.plumbline.detect.StalenessDetector;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.TimerFeed;
import io.plumbline.feed.rest.ReferenceFetcher;
import io.plumbline.feed.rest.ReferenceSettings;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.websocket.WebSocketFeed;
import io.plumbline.feed.websocket.WebSocketSettings;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.WaitKind;
import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SessionState;
import io.plumbline.market.SnapshotRequests;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The monitor's half of a live test: Netty feeds, the ring, the engine, the feeds' detectors. */
final class VenueWatch implements AutoCloseable {
    private static final long MS = 1_000_000L;
    private static final long TICK_NS = 20 * MS;
    private static final long REORDER_WINDOW_NS = 250 * MS;
    private static final long DOWN_NS = 60_000 * MS;
    private static final WebSocketSettings QUICK =
            WebSocketSettings.defaults()
                    .with(
                            new WebSocketSettings.Timeouts(
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(8),
                                    Duration.ofSeconds(8),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(5),
                                    Duration.ofMillis(10),
                                    Duration.ofMillis(600)))
                    .with(
                            new WebSocketSettings.Reconnect(
                                    Duration.ofMillis(20),
                                    Duration.ofMillis(50),
                                    Duration.ofSeconds(60),
                                    Duration.ofMillis(400)));

    final List<String> findings = new CopyOnWriteArrayList<>();
    final Witness witness = new Witness();
    final Counters counters = new Counters();
    private final Sources sources = new Sources();
    private final Instruments instruments = new Instruments();
    private final Subscriptions subscriptions = new Subscriptions();
    private final List<WebSocketFeed> feeds = new ArrayList<>();
    private final TimerFeed timer;
    private ReferenceFetcher references;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final InboundRing inbound;
    private final FeedContext context;
    private final Venue venue;

    VenueWatch(
            final Venue venue,
            final List<String> symbols,
            final Set<Channel> channels,
            final URI endpoint,
            final SystemClock clock,
            final Silence.Thresholds thresholds) {
        this.venue = venue;
        final List<String> names = symbols.stream().map(venue::toVenueSymbol).toList();
        for (int i = 0; i < symbols.size(); i++) {
            instruments.add(venue.name(), symbols.get(i), names.get(i));
        }
        final List<Venue.ConnectionPlan> plans = venue.plan(names, channels, endpoint);
        for (final Venue.ConnectionPlan plan : plans) {
            final int source = sources.addVenue(venue.name(), plan.connection());
            for (final Channel channel : channels) {
                names.forEach(name -> subscribe(plan, source, name, channel));
            }
        }
        final MarketState state =
                new MarketState(sources, instruments, new WatchedKeys(), subscriptions, 5_000 * MS);
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        for (final Sources.Source source : sources.all()) {
            if (source.kind() == Sources.Kind.VENUE) {
                decoders[source.id()] = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
            }
        }
        final Silence silence = new Silence(state, thresholds);
        final List<Detector> detectors =
                List.of(
                        new SequenceDetector(state, REORDER_WINDOW_NS),
                        new BookDetector(state),
                        new SessionDetector(state, DOWN_NS, DOWN_NS),
                        new MuteDetector(state, silence),
                        new StalenessDetector(state, silence),
                        new MonitorDetector(state),
                        new ParseDetector(state),
                        witness);
        state.books.requests(new Renewals());
        inbound =
                new InboundRing(
                        new InboundRing.Settings(1 << 14, 512, WaitKind.TIMEOUT_BLOCKING, 1 << 20),
                        sources.size(),
                        counters,
                        Await::thread,
                        new Faults());
        context = new FeedContext(clock, inbound, counters, Await::thread);
        inbound.start(
                new InboundRing.Role(
                        "engine",
                        new Engine(
                                state,
                                decoders,
                                detectors,
                                new InlineFindings(finding -> findings.add(words(finding))),
                                counters)));
        timer = new TimerFeed(context, TICK_NS, SystemClock::wallNanos, List.of());
        timer.start();
        final RequestBudget connects = new RequestBudget(100, 1_000 * MS);
        for (int i = 0; i < plans.size(); i++) {
            final int source = sources.find(venue.name() + '/' + plans.get(i).connection());
            feeds.add(
                    new WebSocketFeed(
                            venue,
                            plans.get(i),
                            source,
                            context,
                            loops,
                            QUICK,
                            new Random(i),
                            connects));
        }
        feeds.forEach(WebSocketFeed::start);
    }

    private void subscribe(
            final Venue.ConnectionPlan plan,
            final int source,
            final String name,
            final Channel channel) {
        final List<String> streams =
                venue.plan(List.of(name), EnumSet.of(channel), null).get(0).streams();
        if (plan.streams().containsAll(streams)) {
            final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            subscriptions.add(
                    source, instruments.find(venue.name(), bytes, 0, bytes.length), channel);
        }
    }

    /** Asks a REST server for tick sizes. */
    void fetchTicks(final URI rest) {
        final List<Instruments.Instrument> wanted = new ArrayList<>();
        for (int id = 0; id < instruments.size(); id++) {
            wanted.add(instruments.instrument(id));
        }
        references =
                new ReferenceFetcher(
                        venue,
                        venue.referenceRequests(rest, Venue.Access.NONE),
                        subscriptions.all().get(0).source(),
                        wanted,
                        context,
                        ReferenceSettings.defaults(),
                        new Random(1));
        references.start();
    }

    private static String words(final Finding finding) {
        final StringBuilder out = new StringBuilder();
        out.append(finding.kind).append(' ').append(finding.edge).append(' ');
        if (finding.instrument.isEmpty()) {
            return out.append(finding.key).toString();
        }
        return out.append(finding.channel.label())
                .append(' ')
                .append(finding.instrument)
                .toString();
    }

    /** What was found of these kinds, in order. */
    List<String> found(final String... kinds) {
        return findings.stream()
                .filter(
                        finding ->
                                List.of(kinds).contains(finding.substring(0, finding.indexOf(' '))))
                .toList();
    }

    /** The connections' names, sorted. */
    List<String> connections() {
        return sources.all().stream()
                .filter(source -> source.kind() == Sources.Kind.VENUE)
                .map(Sources.Source::connection)
                .sorted()
                .toList();
    }

    int instruments() {
        return instruments.size();
    }

    boolean all(final SessionState... states) {
        return feeds.stream().allMatch(feed -> List.of(states).contains(feed.status().state()));
    }

    /** Whether every subscribed channel of every symbol has moved so often. */
    boolean moved(final int times) {
        return silent(times).isEmpty();
    }

    /** What was subscribed and has not moved so often since the last {@link Witness#forget}. */
    List<String> silent(final int times) {
        return subscriptions.all().stream()
                .filter(lane -> witness.moves(lane.instrument(), lane.channel()) < times)
                .map(
                        lane ->
                                lane.channel().label()
                                        + ' '
                                        + instruments.instrument(lane.instrument()).symbol())
                .toList();
    }

    @Override
    public String toString() {
        return feeds.stream().map(WebSocketFeed::status).toList()
                + ", unparsed "
                + witness.unparsed()
                + ", without data "
                + silent(1)
                + ", found "
                + findings;
    }

    @Override
    public void close() {
        for (final WebSocketFeed feed : feeds) {
            feed.close();
        }
        timer.close();
        if (references != null) {
            references.close();
        }
        inbound.close(5_000 * MS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** A broken book gets a fresh connection, as in a live run. Engine thread. */
    private final class Renewals implements SnapshotRequests {
        @Override
        public void wanted(final int instrument, final long nowNs) {
            // There is no REST side here.
        }

        @Override
        public void resubscriptionWanted(final int instrument, final int fedBy, final long nowNs) {
            final int source = fedBy >= 0 ? fedBy : subscriptions.source(instrument, Channel.DEPTH);
            feeds.stream()
                    .filter(feed -> feed.name().equals(sources.source(source).name()))
                    .forEach(WebSocketFeed::renew);
        }
    }

    /** An exception in the engine is a failed test: it shows as a finding that nobody expects. */
    private final class Faults implements ConsumerFaults {
        @Override
        public void onFault(final String role, final Throwable thrown) {
            findings.add("FAULT in " + role + ": " + thrown);
        }

        @Override
        public void onFatal(final String role, final Error error) {
            findings.add("FATAL in " + role + ": " + error);
        }
    }
}
