package io.plumbline.app.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.desk.CaseHandling;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.CaseState;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.market.Board;
import io.plumbline.market.Board.Column;
import io.plumbline.market.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final String BTC = "BTC/USDT:USDT";
    private static final String PEPE = "1000PEPE/USDT:USDT";
    private static final long START_NS = 1_700_000_000_000_000_000L;

    private final Board board = new Board(3);
    private final List<String> told = new ArrayList<>();
    private final Gate gate =
            new Gate(
                    List.of(
                            new GateSubject(
                                    BTC,
                                    List.of(
                                            price(0, "pms:price:" + BTC, "prices"),
                                            price(1, "pms:mark:" + BTC, "marks"))),
                            new GateSubject(
                                    PEPE, List.of(price(2, "pms:price:" + PEPE, "prices")))),
                    board,
                    START_NS,
                    new Gate.Listener() {
                        @Override
                        public void onChange(final int index, final GateReading reading) {
                            told.add(index + " " + reading.state());
                        }

                        @Override
                        public void onJudged(
                                final GateReading overall,
                                final boolean vouches,
                                final long nowNs) {
                            told.add("all " + overall.state() + (vouches ? "" : " unvouched"));
                        }
                    });
    private long nowNs = START_NS;

    private static GateSubject.Price price(final int key, final String name, final String writer) {
        return new GateSubject.Price(
                key, name, "binance-usdm", writer, Set.of("redis/main", "binance-usdm/public"));
    }

    private void board(final int key, final Verdict verdict) {
        final long[] row = Board.row();
        row[Column.VERDICT.ordinal()] = verdict.ordinal();
        row[Column.REFERENCE_GIVEN.ordinal()] = 1;
        board.write(key, row);
    }

    private void allInSync() {
        for (int key = 0; key < 3; key++) {
            board(key, Verdict.IN_SYNC);
        }
    }

    private static CaseRecord of(
            final FindingKind kind,
            final Severity severity,
            final CaseState state,
            final String venue,
            final String instrument,
            final String key) {
        return new CaseRecord(
                "d|" + venue + '|' + instrument + '|' + key,
                "e",
                "d",
                venue,
                instrument,
                key,
                kind,
                severity,
                Set.of(kind),
                state,
                1,
                2,
                1,
                kind + " of " + key,
                "",
                "",
                CaseRecord.Told.NOTHING,
                null,
                CaseHandling.NONE);
    }

    /** The states of all, BTC and PEPE. */
    private String judge(final CaseRecord... cases) {
        nowNs += 1_000_000L;
        gate.judge(List.of(cases), "", nowNs);
        return gate.overall().state() + " " + gate.of(BTC).state() + " " + gate.of(PEPE).state();
    }

    @Test
    void opensOnlyOnEvidence() {
        assertEquals(GateState.CLOSED, gate.overall().state());
        assertEquals("CLOSED CLOSED CLOSED", judge());
        assertEquals("pms:price:" + BTC + " has not been seen yet", gate.of(BTC).reason());
        board(0, Verdict.IN_SYNC);
        assertEquals("CLOSED CLOSED CLOSED", judge(), "its mark was not seen yet");
        allInSync();
        assertEquals("OPEN OPEN OPEN", judge());
        assertEquals("", gate.overall().reason());
        assertNull(gate.of("ETH/USDT:USDT"));
    }

    @Test
    void everyVerdictHasItsState() {
        allInSync();
        final List<String> states = new ArrayList<>();
        for (final Verdict verdict : Verdict.values()) {
            board(2, verdict);
            states.add(verdict + " " + judge());
        }
        assertEquals(
                List.of(
                        "UNSEEN CAUTION OPEN CLOSED",
                        "IN_SYNC OPEN OPEN OPEN",
                        "LATE CAUTION OPEN CAUTION",
                        "SUSPECT OPEN OPEN OPEN",
                        "WRONG CAUTION OPEN CLOSED",
                        "FROZEN CAUTION OPEN CLOSED",
                        "UNVERIFIABLE CAUTION OPEN CAUTION",
                        "ABSENT CAUTION OPEN CLOSED"),
                states);
    }

    @Test
    void aCaseClosesWhatItIsAbout() {
        allInSync();
        assertEquals(
                "CAUTION CLOSED OPEN",
                judge(
                        of(
                                FindingKind.SYMBOL_STALE,
                                Severity.HIGH,
                                CaseState.PENDING,
                                "binance-usdm",
                                BTC,
                                "")));
        assertEquals(List.of("d|binance-usdm|" + BTC + "|"), gate.of(BTC).findings());
        assertEquals("SYMBOL_STALE of ", gate.of(BTC).reason());
        assertEquals(
                "OPEN OPEN OPEN",
                judge(of(FindingKind.SYMBOL_STALE, Severity.HIGH, CaseState.OPEN, "okx", BTC, "")),
                "another venue's symbol is another symbol");
        assertEquals(
                "CAUTION CLOSED OPEN",
                judge(
                        of(
                                FindingKind.WRITER_DEAD,
                                Severity.CRITICAL,
                                CaseState.OPEN,
                                "",
                                "",
                                "marks")));
        assertEquals(
                "CLOSED CLOSED CLOSED",
                judge(
                        of(
                                FindingKind.REDIS_DOWN,
                                Severity.CRITICAL,
                                CaseState.OPEN,
                                "",
                                "",
                                "redis/main")));
        assertEquals(
                "OPEN OPEN OPEN",
                judge(
                        of(
                                FindingKind.REDIS_DOWN,
                                Severity.CRITICAL,
                                CaseState.OPEN,
                                "",
                                "",
                                "redis/2")));
        assertEquals(
                "CLOSED CLOSED CLOSED",
                judge(
                        of(
                                FindingKind.FEED_DOWN,
                                Severity.CRITICAL,
                                CaseState.OPEN,
                                "binance-usdm",
                                "",
                                "public")));
        assertEquals(
                "CLOSED CLOSED CLOSED",
                judge(
                        of(
                                FindingKind.MONITOR_STALLED,
                                Severity.HIGH,
                                CaseState.OPEN,
                                "",
                                "",
                                "engine")));
        assertEquals(
                "OPEN OPEN OPEN",
                judge(
                        of(
                                FindingKind.DELIVERY_FAILED,
                                Severity.HIGH,
                                CaseState.OPEN,
                                "",
                                "",
                                "pd")));
    }

    @Test
    void severityAndStateOfACaseGrade() {
        allInSync();
        final List<String> states = new ArrayList<>();
        for (final Severity severity : Severity.values()) {
            for (final CaseState state : List.of(CaseState.OPEN, CaseState.CLEARING)) {
                judge(of(FindingKind.PRICE_WRONG, severity, state, "binance-usdm", BTC, "k"));
                states.add(severity + " " + state + " " + gate.of(BTC).state());
            }
        }
        assertEquals(
                List.of(
                        "LOW OPEN OPEN",
                        "LOW CLEARING OPEN",
                        "MEDIUM OPEN CAUTION",
                        "MEDIUM CLEARING OPEN",
                        "HIGH OPEN CLOSED",
                        "HIGH CLEARING CAUTION",
                        "CRITICAL OPEN CLOSED",
                        "CRITICAL CLEARING CAUTION"),
                states);
    }

    @Test
    void epochsGrowWithStatesAndChangesAreToldOnce() {
        allInSync();
        judge();
        final long epoch = gate.of(PEPE).epoch();
        assertEquals(START_NS / 1_000_000L + 1, epoch);
        assertEquals(nowNs, gate.of(PEPE).sinceNs());
        told.clear();
        final GateReading before = gate.of(PEPE);
        judge();
        assertEquals(List.of("all OPEN"), told);
        assertTrue(before == gate.of(PEPE));
        board(2, Verdict.WRONG);
        judge();
        assertEquals(epoch + 1, gate.of(PEPE).epoch());
        assertEquals(List.of("all OPEN", "1 CLOSED", "all CAUTION"), told);
        assertEquals(
                "1 of 2 symbols are open, 1 are closed; the first of the worst is "
                        + PEPE
                        + ": pms:price:"
                        + PEPE
                        + " is not the exchange's price",
                gate.overall().reason());
    }

    @Test
    void whoCannotVouchClosesAll() {
        allInSync();
        judge();
        told.clear();
        gate.judge(List.of(), "the engine is 1500 ms behind", nowNs + 1);
        assertEquals(List.of("0 CLOSED", "1 CLOSED", "all CLOSED unvouched"), told);
        assertEquals("the engine is 1500 ms behind", gate.of(BTC).reason());
    }
}
