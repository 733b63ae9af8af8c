package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.plumbline.app.http.HealthScore.Term;
import io.plumbline.app.http.MarketReading.Age;
import io.plumbline.market.Field;
import io.plumbline.market.Freshness;
import io.plumbline.market.Rung;
import io.plumbline.market.Verdict;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final long SECOND = 1_000_000_000L;

    private static SymbolStatus symbol(
            final Verdict verdict,
            final long redisAgeNs,
            final long feedAgeNs,
            final Freshness.State freshness,
            final boolean seen) {
        return new SymbolStatus(
                "venue",
                "BTC/USDT",
                "pms:price:BTC/USDT",
                Field.LAST,
                "1",
                verdict == Verdict.UNSEEN ? "" : "1",
                "0",
                "0",
                verdict.name(),
                0,
                feedAgeNs,
                redisAgeNs,
                Coverage.NONE,
                freshness,
                seen,
                Rung.NOTIFICATION);
    }

    private static Age age(final SymbolStatus symbol) {
        return MarketReading.of(List.of(symbol), 30 * SECOND).ages().get(0);
    }

    @Test
    void aPriceIsFreshWhenItWasWrittenLately() {
        assertEquals(
                Age.FRESH,
                age(symbol(Verdict.UNVERIFIABLE, 30 * SECOND, -1, Freshness.State.STALE, false)));
        assertEquals(
                Age.STALE,
                age(
                        symbol(
                                Verdict.UNVERIFIABLE,
                                30 * SECOND + 1,
                                SECOND,
                                Freshness.State.FRESH,
                                true)));
    }

    @Test
    void anOldPriceIsFreshWhereTheVenueStillHasItAndIsHeard() {
        final long old = 3_600 * SECOND;
        assertEquals(
                Age.FRESH, age(symbol(Verdict.IN_SYNC, old, SECOND, Freshness.State.FRESH, true)));
        assertEquals(
                Age.FRESH, age(symbol(Verdict.IN_SYNC, old, old, Freshness.State.QUIET, true)));
        assertEquals(
                Age.STALE, age(symbol(Verdict.IN_SYNC, old, old, Freshness.State.STALE, true)));
        assertEquals(
                Age.STALE, age(symbol(Verdict.IN_SYNC, old, SECOND, Freshness.State.FRESH, false)));
    }

    @Test
    void aPriceThatTheMarketHasLeftIsStaleAtAnyAge() {
        for (final Verdict verdict : List.of(Verdict.FROZEN, Verdict.LATE)) {
            assertEquals(
                    Age.STALE, age(symbol(verdict, SECOND, SECOND, Freshness.State.FRESH, true)));
        }
    }

    @Test
    void noPriceIsMissing() {
        for (final Verdict verdict : List.of(Verdict.ABSENT, Verdict.UNSEEN)) {
            assertEquals(
                    Age.MISSING, age(symbol(verdict, SECOND, SECOND, Freshness.State.FRESH, true)));
        }
    }

    @Test
    void ofNothingThereIsNoRate() {
        final MarketReading market = MarketReading.of(List.of(), 30 * SECOND);
        assertNull(market.freshnessRate());
        assertNull(market.consistencyRate());
        assertNull(Scale.percent(0, 0));
        assertNull(Scale.perSecond(3, 0));
        assertNull(Scale.millis(-1));
    }

    @Test
    void pointsAreLostInAStraightLineBetweenTheLimits() {
        assertEquals("0.0", lost("95", "95", "80"));
        assertEquals("0.0", lost("100", "95", "80"));
        assertEquals("5.0", lost("87.5", "95", "80"));
        assertEquals("10.0", lost("80", "95", "80"));
        assertEquals("10.0", lost("0", "95", "80"));
        assertEquals("0.0", lost("5", "5", "10"));
        assertEquals("2.0", lost("6", "5", "10"));
        assertEquals("10.0", lost("70", "5", "10"));
    }

    private static String lost(final String value, final String warn, final String bad) {
        return HealthScore.term(
                        "t",
                        10,
                        new BigDecimal(value),
                        "%",
                        new BigDecimal(warn),
                        new BigDecimal(bad))
                .lost()
                .toPlainString();
    }

    @Test
    void whatIsNotKnownLosesAllAndShowsNoNumber() {
        final Term term =
                HealthScore.term("t", 10, null, "%", BigDecimal.ONE, BigDecimal.valueOf(2));
        assertNull(term.value());
        assertEquals(BigDecimal.TEN, term.lost());
        assertEquals("not known yet", term.why());
    }

    @Test
    void whatIsNotConfiguredHasNoPointsToLose() {
        final Term half = new Term("t", 40, BigDecimal.ONE, "%", BigDecimal.TEN, "");
        assertEquals(new BigDecimal("75.0"), HealthScore.of(List.of(half)).score());
        assertNull(HealthScore.of(List.of()).score());
    }

    /** All weights together: the points are percent where everything is configured. */
    @Test
    void theWeightsAreAHundred() {
        final HealthScore score = Diagnosis.of(new FakeMonitor()).score();
        assertEquals(100, score.terms().stream().mapToInt(Term::weight).sum());
        final BigDecimal lost =
                score.terms().stream().map(Term::lost).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, BigDecimal.valueOf(100).subtract(lost).compareTo(score.score()));
    }

    @Test
    void ofTwoConnectionsWithTheSameStreamsOneIsEnough() {
        final FakeMonitor view = new FakeMonitor();
        final List<Dependency> one =
                List.of(feed("binance-spot/1-a", "LIVE"), feed("binance-spot/1-b", "DOWN"));
        assertEquals(List.of(), FeedReading.of(view, one, 9).unheard());
        final List<Dependency> none =
                List.of(feed("binance-spot/1-a", "CONNECTING"), feed("binance-spot/1-b", "DOWN"));
        assertEquals(
                List.of("binance-spot/1-a is CONNECTING"), FeedReading.of(view, none, 9).unheard());
        assertEquals(
                List.of("binance-spot/2 is SUBSCRIBED"),
                FeedReading.of(view, List.of(feed("binance-spot/2", "SUBSCRIBED")), 9).unheard());
    }

    private static Dependency feed(final String name, final String state) {
        return new Dependency(name, Dependency.Kind.VENUE, state, false, "", 1, 2, 1);
    }
}
