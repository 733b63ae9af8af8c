package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.plumbline.feed.RequestBudget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every venue with all of its channels for 600 symbols: within what it allows its clients. */
class VenueSpreadTest {
    /** With fewer than these, hundreds of symbols are not what the venue is made for. */
    private static final int FEW_STREAMS = 30;

    private static final int SYMBOLS = 600;

    /** The least that any venue takes as one message. */
    private static final int LARGEST_REQUEST = 32 * 1024;

    /** Connected and not live for longer is a finding. */
    private static final long WARMUP_S = 30;

    /** The monitor keeps to this share of the connection attempts that a venue allows. */
    private static final int BUDGET_SHARE = 5;

    private static final long START_NS = 60_000_000_000L;

    static Stream<Venue> venues() {
        return Venues.all().stream();
    }

    /** Names such as the venue has; none where it makes them of more than base and quote. */
    private static List<String> symbols(final Venue venue) {
        for (final String form :
                List.of("%s/USDT:USDT", "%s/USDT", "%s/USD:USD", "%s/USD:%s", "%s/USD")) {
            final List<String> symbols = new ArrayList<>();
            try {
                for (int i = 0; i < SYMBOLS; i++) {
                    symbols.add(venue.toVenueSymbol(form.replace("%s", "COIN" + i)));
                }
                return symbols;
            } catch (final IllegalArgumentException otherForm) {
                continue;
            }
        }
        return List.of();
    }

    private static List<Venue.ConnectionPlan> plans(final Venue venue) {
        final List<String> symbols = symbols(venue);
        assumeFalse(symbols.isEmpty(), venue.name() + " has names of its own");
        return venue.plan(symbols, venue.channels(), null);
    }

    @ParameterizedTest
    @MethodSource("venues")
    void shouldCarryEveryStreamOnceWithinTheLimitOfAConnection(final Venue venue) {
        final Set<String> streams = new HashSet<>();
        final Set<String> names = new HashSet<>();
        int count = 0;
        for (final Venue.ConnectionPlan plan : plans(venue)) {
            assertTrue(names.add(plan.connection()), plan.connection());
            assertTrue(!plan.streams().isEmpty(), plan.connection());
            assertTrue(
                    plan.streams().size() <= venue.limits().streamsPerConnection(),
                    () -> plan.connection() + " has " + plan.streams().size());
            streams.addAll(plan.streams());
            count += plan.streams().size();
        }
        assertEquals(streams.size(), count, "streams asked for twice");
        final List<String> symbols = symbols(venue);
        for (final String symbol : List.of(symbols.get(0), symbols.get(SYMBOLS - 1))) {
            final Set<String> alone = new HashSet<>();
            venue.plan(List.of(symbol), EnumSet.copyOf(venue.channels()), null)
                    .forEach(plan -> alone.addAll(plan.streams()));
            assertTrue(streams.containsAll(alone), () -> symbol + " lacks some of " + alone);
        }
    }

    @ParameterizedTest
    @MethodSource("venues")
    void shouldAskInMessagesThatAreNeitherTooLongNorTooMany(final Venue venue) {
        for (final Venue.ConnectionPlan plan : plans(venue)) {
            final List<Dialogue.Request> requests = venue.dialogue().requests(plan.streams());
            for (final Dialogue.Request request : requests) {
                final int length = request.text().getBytes(StandardCharsets.UTF_8).length;
                assertTrue(length <= LARGEST_REQUEST, () -> length + " bytes");
            }
            final int perSecond = venue.limits().messagesPerSecond();
            assertTrue(
                    requests.size() <= perSecond * WARMUP_S / 2,
                    () -> requests.size() + " requests at " + perSecond + " a second");
        }
    }

    /** Two connections for every one that is planned, opened as fast as the budget lets them. */
    @ParameterizedTest
    @MethodSource("venues")
    void shouldConnectTwiceWithinAMinute(final Venue venue) {
        assumeFalse(
                venue.limits().streamsPerConnection() < FEW_STREAMS,
                venue.name() + " takes so few streams a connection that many symbols take long");
        final int wanted = 2 * plans(venue).size();
        final VenueLimits limits = venue.limits();
        final int share = Math.max(1, limits.connectsPerWindow() / BUDGET_SHARE);
        final RequestBudget budget = new RequestBudget(share, limits.connectWindow().toNanos());
        long nowNs = 0;
        int connected = 0;
        while (connected < wanted) {
            final long waitNs = budget.tryAcquire(nowNs);
            connected += waitNs == 0 ? 1 : 0;
            nowNs += waitNs;
        }
        final long lastNs = nowNs;
        assertTrue(
                lastNs <= START_NS,
                () -> wanted + " connections take " + lastNs / 1_000_000 + " ms");
    }
}
