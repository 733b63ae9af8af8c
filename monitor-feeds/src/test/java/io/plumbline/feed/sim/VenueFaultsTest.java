package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plumbline.time.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What any venue's wire is given by the server, and what faults do to its words. */
class VenueFaultsTest {
    private static final long START_NS = 1_750_000_000_000_000_000L;
    private static final SimulatedInstrument PLUM =
            new SimulatedInstrument("orchard", "PLUM/USD", "plum", "1", 0, 100, 1_000_000);

    /** Numbers its messages per client; a quote is worded twice, a book in bytes. */
    private static final class Orchard implements VenueWire {
        @Override
        public String venue() {
            return "orchard";
        }

        @Override
        public boolean serves(final String path) {
            return path.equals("/orchard");
        }

        @Override
        public Client open(final String resource, final long nowNs) {
            return new Client() {
                private int number;

                @Override
                public void greet(final Out out) {
                    out.text("welcome to " + resource);
                }

                @Override
                public void answer(final String text, final long nowNs, final Out out) {
                    if (text.equals("leave")) {
                        out.close(4_000, "as you wish");
                    } else {
                        out.text("heard " + text);
                    }
                }

                @Override
                public void word(final MarketMove move, final Out out) {
                    switch (move.kind()) {
                        case TRADE:
                            out.text("trade " + ++number);
                            break;
                        case QUOTE:
                            out.text("bid " + ++number);
                            out.text("ask " + ++number);
                            break;
                        default:
                            out.binary(("book " + ++number).getBytes(StandardCharsets.UTF_8));
                            break;
                    }
                }

                @Override
                public void step(final long nowNs, final Out out) {
                    out.text("tick");
                }

                @Override
                public void announceEnd(final long nowNs, final Out out) {
                    out.text("closing time");
                }
            };
        }
    }

    private final ManualClock clock = new ManualClock(START_NS);
    private ExchangeSimulator exchange;
    private FeedFaults faults;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        exchange =
                new ExchangeSimulator(
                        List.of(new Orchard()), 0, SimulatorLimits.binance(), clock, Await::thread);
        exchange.start();
        faults = new FeedFaults(exchange, (venue, symbol) -> symbol.equals("PLUM/USD"));
        client = TestClient.connect(exchange.uri(), "/orchard?basket=1");
        heard("welcome to /orchard?basket=1");
    }

    @AfterEach
    void stop() {
        client.close();
        exchange.close();
    }

    private static MarketMove trade(final long id) {
        return new MarketMove(
                PLUM,
                MarketMove.Kind.TRADE,
                START_NS,
                new MarketMove.Trade(id, "100", "1", false),
                null,
                null);
    }

    private static MarketMove quote() {
        return new MarketMove(
                PLUM,
                MarketMove.Kind.QUOTE,
                START_NS,
                null,
                new MarketMove.Quote(1, "99", "1", "101", "1", "100"),
                null);
    }

    private static MarketMove book() {
        return new MarketMove(
                PLUM,
                MarketMove.Kind.BOOK,
                START_NS,
                null,
                null,
                new MarketMove.Book(0, 1, 1, List.of(), List.of(), List.of()));
    }

    private InjectedFault start(final FaultKind kind, final String channel) {
        final InjectedFault fault =
                new InjectedFault(
                        new Fault(
                                1,
                                kind,
                                "orchard",
                                channel.isEmpty() ? "" : "PLUM/USD",
                                List.of(),
                                START_NS,
                                START_NS,
                                channel.isEmpty()
                                        ? Map.of()
                                        : Map.of(FaultParameter.CHANNEL, channel)));
        faults.started(fault, START_NS);
        return fault;
    }

    private void heard(final String... texts) {
        Await.until("all of it", () -> client.received.size() >= texts.length);
        assertEquals(List.of(texts), client.received);
        client.received.clear();
    }

    @Test
    void shouldCarryWhatTheWireSays() {
        exchange.onMove(trade(1));
        exchange.onMove(book());
        client.send("hello");
        Await.until("the answer", () -> client.received.contains("heard hello"));
        exchange.step(START_NS);
        exchange.announceShutdown(START_NS);
        heard("trade 1", "bytes book 2", "heard hello", "tick", "closing time");
        client.send("leave");
        Await.until("the end", () -> client.closed);
        assertEquals(4_000, client.closeCode);
        assertEquals("as you wish", client.closeReason);
    }

    @Test
    void shouldSwallowOneMessageOfAMove() {
        final InjectedFault lost = start(FaultKind.DROPPED_MESSAGE, "bookTicker");
        exchange.onMove(trade(7));
        exchange.onMove(quote());
        exchange.onMove(quote());
        heard("trade 1", "ask 3", "bid 4", "ask 5");
        assertEquals(
                Map.of("missingFrom", 1L, "missingTo", 1L, "missingCount", 1L), lost.details());
    }

    @Test
    void shouldRepeatAndExchangeMessages() {
        final InjectedFault twice = start(FaultKind.DUPLICATED_MESSAGE, "trade");
        exchange.onMove(trade(1));
        faults.ended(twice, START_NS);
        final InjectedFault exchanged = start(FaultKind.REORDERED_MESSAGES, "trade");
        exchange.onMove(trade(2));
        exchange.onMove(quote());
        exchange.onMove(trade(3));
        faults.ended(exchanged, START_NS);
        final InjectedFault held = start(FaultKind.REORDERED_MESSAGES, "trade");
        exchange.onMove(trade(4));
        exchange.onMove(quote());
        faults.ended(held, START_NS);
        heard(
                "trade 1", "trade 1", "bid 3", "ask 4", "trade 5", "trade 2", "bid 7", "ask 8",
                "trade 6");
    }

    @Test
    void shouldCountOnWhileMuteAndKeepTalking() {
        final InjectedFault mute = start(FaultKind.MUTE_CONNECTION, "");
        exchange.onMove(trade(1));
        exchange.step(START_NS);
        faults.ended(mute, START_NS);
        exchange.onMove(trade(2));
        heard("tick", "trade 2");
        assertEquals(Map.of("connections", 1L, "withheldFrames", 1L), mute.details());
    }

    @Test
    void shouldCutAndRefuseTheWholeVenue() {
        final InjectedFault cut = start(FaultKind.DISCONNECT, "");
        Await.until("the cut", () -> client.closed && exchange.clients("orchard") == 0);
        assertThrows(
                CompletionException.class, () -> TestClient.connect(exchange.uri(), "/orchard"));
        faults.ended(cut, START_NS);
        try (TestClient again = TestClient.connect(exchange.uri(), "/orchard")) {
            Await.until("the greeting", () -> again.received.size() == 1);
            assertFalse(again.closed);
        }
    }

    @Test
    void shouldNameAVenueThatIsNotSimulated() {
        assertThrows(IllegalArgumentException.class, () -> exchange.clients("nowhere"));
    }

    @Test
    void shouldTellByRestWhatAWireTells() throws Exception {
        final Map<String, String> answers =
                Map.of("/list", "[1]", "/list?kind=spot", "[2]", "/other", "[3]");
        try (SimulatedRest rest = new SimulatedRest(0, answers, Runnable::run)) {
            rest.start();
            final List<String> told = new ArrayList<>();
            for (final String path :
                    List.of("/list", "/list?kind=spot", "/list?page=2", "/other", "/none")) {
                final HttpResponse<String> answer =
                        HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(URI.create(rest.uri() + path))
                                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString());
                told.add(answer.statusCode() + answer.body());
            }
            assertEquals(List.of("200[1]", "200[2]", "200[1]", "200[3]", "404"), told);
        }
    }

    @Test
    void shouldPlayEachVenueOnceInOrder() {
        final List<String> names = VenueWires.all().stream().map(VenueWire::venue).toList();
        assertEquals(names.stream().distinct().sorted().toList(), names);
    }
}
