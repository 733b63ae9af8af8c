package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.detect.Silence;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.market.Channel;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every venue over a real socket: the monitor's Netty client and engine against the simulated venue
 * on another WebSocket library, written from the venue's documentation by other means.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class VenueLiveTest {
    private static final long SEED = 20_261_124;
    private static final long MS = 1_000_000L;
    private static final int SYMBOLS = 3;
    private static final int A_FEW = 2;
    private static final long MUTE_NS = 1_500 * MS;

    /** What a busy machine may add to it. */
    private static final long SLACK_NS = 2_000 * MS;

    private static final Silence.Thresholds PATIENT =
            new Silence.Thresholds(60_000 * MS, 60_000 * MS, 60_000 * MS, 60_000 * MS, 60_000 * MS);
    private static final Silence.Thresholds STRICT =
            new Silence.Thresholds(MUTE_NS, MUTE_NS, MUTE_NS, MUTE_NS, 500 * MS);

    /**
     * One message kept from the monitor.
     *
     * @param swallowed the kind of move whose next message is kept back
     * @param found what that must lead to, {@code SYMBOL} for the instrument
     */
    private record Loss(Channel swallowed, List<String> found) {
        static Loss of(final Channel swallowed, final String... found) {
            return new Loss(swallowed, List.of(found));
        }
    }

    /** What each venue's sequence rule makes of a lost message: a gap once, or nothing at all. */
    private static final Map<String, Loss> LOSSES =
            Map.ofEntries(
                    Map.entry(
                            "binance-coinm",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry(
                            "binance-us",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry(
                            "binance-spot",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry(
                            "binance-spot-sbe",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry(
                            "binance-usdm",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry("bitfinex", Loss.of(Channel.TRADE, "SEQUENCE_GAP EVENT public")),
                    Map.entry(
                            "bybit-inverse",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry(
                            "bybit-linear",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry(
                            "bybit-spot",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry(
                            "coinbase-advanced",
                            Loss.of(Channel.BOOK_TICKER, "SEQUENCE_GAP EVENT public")),
                    Map.entry(
                            "coinbase-exchange",
                            Loss.of(Channel.TRADE, "SEQUENCE_GAP EVENT trade SYMBOL")),
                    Map.entry("deribit", Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry(
                            DeskWires.BINARY,
                            Loss.of(
                                    Channel.TRADE,
                                    "SEQUENCE_GAP EVENT trade SYMBOL",
                                    "SEQUENCE_GAP EVENT markPrice SYMBOL")),
                    Map.entry(
                            DeskWires.JSON,
                            Loss.of(
                                    Channel.TRADE,
                                    "SEQUENCE_GAP EVENT main",
                                    "SEQUENCE_GAP EVENT trade SYMBOL")),
                    Map.entry("kraken", Loss.of(Channel.TRADE)),
                    Map.entry(
                            "kraken-futures",
                            Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry("okx", Loss.of(Channel.DEPTH, "SEQUENCE_GAP EVENT depth SYMBOL")),
                    Map.entry("projectx", Loss.of(Channel.TRADE)));

    /** Venues that say nothing of a symbol that they do not list, and never send data for it. */
    private static final Set<String> SILENT =
            Set.of(
                    "binance-coinm",
                    "binance-spot",
                    "binance-spot-sbe",
                    "binance-us",
                    "binance-usdm");

    /** Venues whose list of instruments names no tick size. */
    private static final Set<String> TICKLESS = Set.of("bitfinex");

    /** Venues whose stream shows that a book lost something, and brings a snapshot again. */
    private static final List<String> SELF_PROVING =
            List.of(
                    "bitfinex",
                    "bybit-inverse",
                    "bybit-linear",
                    "bybit-spot",
                    "coinbase-advanced",
                    "deribit",
                    "kraken",
                    "kraken-futures",
                    "okx");

    private final SystemClock clock = new SystemClock();

    static Stream<String> venues() {
        return DeskWires.all().stream().map(VenueWire::venue);
    }

    /** A venue and who watches it, both running. */
    private final class Rig implements AutoCloseable {
        final Venue venue;
        final List<String> symbols = new ArrayList<>();
        final VenueStage stage;
        final VenueWatch watch;

        Rig(final String name, final Silence.Thresholds thresholds, final String... more)
                throws Exception {
            final VenueWire wire =
                    DeskWires.all().stream()
                            .filter(each -> each.venue().equals(name))
                            .findFirst()
                            .orElseThrow();
            venue = DeskWires.venue(name);
            wire.instruments().stream()
                    .limit(SYMBOLS)
                    .map(SimulatedInstrument::symbol)
                    .forEach(symbols::add);
            assertEquals(SYMBOLS, symbols.size(), name + " lists too few instruments");
            final List<String> watched = new ArrayList<>(symbols);
            watched.addAll(List.of(more));
            final Set<Channel> channels = EnumSet.copyOf(venue.channels());
            channels.remove(Channel.DEPTH_SNAPSHOT);
            stage = new VenueStage(wire, clock, SEED);
            watch =
                    new VenueWatch(
                            venue, watched, channels, stage.exchange.uri(), clock, thresholds);
        }

        void until(final String what, final BooleanSupplier condition) {
            Await.until(
                    () -> what + " at " + venue.name() + ", seed " + SEED + "; " + watch,
                    () -> {
                        assertNull(stage.failure());
                        return condition.getAsBoolean();
                    });
        }

        void untilLive() {
            until("live", () -> watch.all(SessionState.LIVE) && watch.moved(A_FEW));
        }

        void untilMoreData() {
            watch.witness.forget();
            until("more data", () -> watch.moved(A_FEW));
        }

        /** The market stands still and all that it sent has arrived. */
        void pause() {
            stage.pause(true);
            final long[] seen = {watch.witness.events(), clock.epochNanos()};
            until(
                    "silence",
                    () -> {
                        final long events = watch.witness.events();
                        if (events != seen[0]) {
                            seen[0] = events;
                            seen[1] = clock.epochNanos();
                        }
                        return clock.epochNanos() - seen[1] > 200 * MS;
                    });
        }

        int connections() {
            return watch.connections().size();
        }

        /** What is said once of each connection. */
        List<String> each(final String finding) {
            return watch.connections().stream().map(name -> finding + ' ' + name).toList();
        }

        @Override
        public void close() throws IOException {
            watch.close();
            stage.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("venues")
    void shouldGoLiveAndFindNothing(final String name) throws Exception {
        try (Rig rig = new Rig(name, PATIENT)) {
            rig.watch.fetchTicks(rig.stage.restUri());
            rig.untilLive();
            if (!TICKLESS.contains(name)
                    && !rig.venue.referenceRequests(null, Venue.Access.NONE).isEmpty()) {
                rig.until("tick sizes", () -> rig.watch.witness.ticks() == SYMBOLS);
            }
            rig.untilMoreData();
            assertEquals(List.of(), rig.watch.findings);
            assertEquals(0, rig.watch.witness.unparsed());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("venues")
    void shouldComeBackAfterADisconnectWithoutAFalseGap(final String name) throws Exception {
        try (Rig rig = new Rig(name, PATIENT)) {
            rig.untilLive();
            rig.pause();
            final long refused = rig.stage.exchange.counts().refused();
            final InjectedFault cut = rig.stage.start(FaultKind.DISCONNECT);
            rig.until("down", () -> rig.watch.found("FEED_DOWN").size() == rig.connections());
            rig.until("refusals", () -> rig.stage.exchange.counts().refused() > refused);
            rig.stage.end(cut);
            rig.until("again", () -> rig.watch.all(SessionState.WARMING, SessionState.LIVE));
            rig.stage.pause(false);
            rig.untilLive();
            rig.untilMoreData();
            final List<String> found = new ArrayList<>(rig.each("FEED_DOWN CLOSE"));
            found.addAll(rig.each("FEED_DOWN OPEN"));
            assertEquals(found, rig.watch.findings.stream().sorted().toList());
            assertEquals(0, rig.watch.witness.unparsed());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("venues")
    void shouldNoticeAConnectionThatOnlyPings(final String name) throws Exception {
        try (Rig rig = new Rig(name, STRICT)) {
            rig.untilLive();
            rig.watch.witness.forget();
            rig.watch.findings.clear();
            final InjectedFault mute = rig.stage.start(FaultKind.MUTE_CONNECTION);
            rig.until(
                    "mute",
                    () -> rig.watch.found("FEED_MUTE").containsAll(rig.each("FEED_MUTE OPEN")));
            final long afterMs = (clock.epochNanos() - mute.startedNs()) / MS;
            assertTrue(afterMs < (MUTE_NS + SLACK_NS) / MS, afterMs + " ms");
            assertEquals(rig.connections(), rig.watch.witness.alive(), "signs of life meanwhile");
            assertTrue(rig.watch.all(SessionState.LIVE), rig.watch::toString);
            rig.stage.end(mute);
            rig.until(
                    "data again",
                    () -> rig.watch.found("FEED_MUTE").containsAll(rig.each("FEED_MUTE CLOSE")));
            assertEquals(0, rig.watch.witness.unparsed());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("venues")
    void shouldFindALostMessageWhereTheVenueNumbersThem(final String name) throws Exception {
        final Loss loss = LOSSES.get(name);
        assertNotNull(loss, "say in LOSSES what a lost message at " + name + " must lead to");
        try (Rig rig = new Rig(name, PATIENT)) {
            rig.untilLive();
            final String symbol = rig.symbols.get(0);
            final InjectedFault lost =
                    rig.stage.start(
                            FaultKind.DROPPED_MESSAGE,
                            symbol,
                            Map.of(FaultParameter.CHANNEL, loss.swallowed().label()));
            rig.until("the loss", () -> lost.actedNs() > 0);
            rig.untilMoreData();
            final List<String> expected =
                    loss.found().stream().map(words -> words.replace("SYMBOL", symbol)).toList();
            rig.until("the finding", () -> rig.watch.findings.size() >= expected.size());
            rig.untilMoreData();
            assertEquals(expected, rig.watch.findings);
        }
    }

    static Stream<String> selfProving() {
        return SELF_PROVING.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("selfProving")
    void shouldGetABrokenBookWholeAgainByAFreshConnection(final String name) throws Exception {
        try (Rig rig = new Rig(name, PATIENT)) {
            rig.untilLive();
            // A checksum over the best levels may not show the first loss: another one will.
            final InjectedFault[] lost = {loseDepth(rig)};
            rig.until(
                    "a book that is proven again",
                    () -> {
                        if (rig.watch.counters.get(CounterId.BOOK_RESYNCS) > 0) {
                            return true;
                        }
                        if (lost[0].actedNs() > 0 && rig.watch.moved(A_FEW)) {
                            rig.watch.witness.forget();
                            lost[0] = loseDepth(rig);
                        }
                        return false;
                    });
            rig.until("the change", () -> rig.watch.counters.get(CounterId.FEED_ROTATIONS) > 0);
            assertEquals(List.of(), rig.watch.found("FEED_DOWN", "SYMBOL_STALE"));
            assertEquals(0, rig.watch.witness.unparsed());
        }
    }

    private static InjectedFault loseDepth(final Rig rig) {
        return rig.stage.start(
                FaultKind.DROPPED_MESSAGE,
                rig.symbols.get(0),
                Map.of(FaultParameter.CHANNEL, Channel.DEPTH.label()));
    }

    @Test
    void shouldBeAbleToPlayEveryVenue() {
        assertEquals(
                Venues.all().stream().map(Venue::name).sorted().toList(),
                VenueWires.all().stream().map(VenueWire::venue).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("venues")
    void shouldTellOfASymbolThatIsNotListed(final String name) throws Exception {
        final String unlisted = unlisted(name);
        try (Rig rig = new Rig(name, STRICT, unlisted)) {
            final String expected =
                    SILENT.contains(name) ? "SYMBOL_NEVER_SEEN" : "SUBSCRIBE_REJECTED";
            rig.until(expected, () -> !rig.watch.found(expected).isEmpty());
            assertEquals(0, rig.watch.witness.unparsed());
        }
    }

    /** The first instrument's name with another base, also where it is settled in that. */
    private static String unlisted(final String name) {
        final String listed =
                DeskWires.all().stream()
                        .filter(wire -> wire.venue().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .instruments()
                        .get(0)
                        .symbol();
        return listed.replace(listed.substring(0, listed.indexOf('/')), "NOSUCH");
    }
}
