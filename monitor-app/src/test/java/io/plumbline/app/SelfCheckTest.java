package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.app.desk.CaseHandling;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.CaseState;
import io.plumbline.feed.FeedStatus;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.market.SessionState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
    private static final long S = 1_000_000_000L;

    private final SelfCheck check = new SelfCheck();
    private long nowNs = 1_000 * S;
    private long engineNs = nowNs;
    private Set<String> stalled = Set.of();
    private SessionState state = SessionState.LIVE;
    private long heardNs = nowNs;
    private List<CaseRecord> cases = List.of();
    private long oldestNs = Long.MAX_VALUE;

    private String doubt() {
        check.becomes(
                new SelfCheck.Senses(
                        () -> engineNs,
                        () -> stalled,
                        () -> List.of(new FeedStatus("spot/1", state, "", 0, heardNs, 1)),
                        () -> cases,
                        () -> oldestNs,
                        () -> nowNs));
        nowNs += S;
        check.judge(nowNs);
        return check.doubt();
    }

    private static CaseRecord open(final String venue, final String key) {
        return new CaseRecord(
                "f",
                "e",
                "d",
                venue,
                "",
                key,
                FindingKind.FEED_MUTE,
                Severity.HIGH,
                Set.of(),
                CaseState.OPEN,
                1,
                2,
                1,
                "",
                "",
                "",
                CaseRecord.Told.PAGED,
                Severity.HIGH,
                CaseHandling.NONE);
    }

    @Test
    void vouchesWhileAllOfItHolds() {
        assertEquals("the monitor is starting", check.doubt());
        engineNs = 0;
        assertEquals("the engine has not seen a message yet", doubt());
        engineNs = nowNs;
        assertEquals("", doubt());
        nowNs += 6 * S;
        assertEquals("the desk's clock stands still", check.doubt());
        assertEquals("the engine has not moved for 5 s", doubt());
        assertEquals("the engine has not moved for 5 s", doubt(), "the same doubt, the same words");
        engineNs = nowNs;
        stalled = Set.of("journal");
        assertEquals("journal stands still", doubt());
        stalled = Set.of();
        oldestNs = nowNs - 58 * S;
        assertEquals("", doubt());
        assertEquals("", doubt());
        assertEquals("an alert has waited for more than 60 s", doubt());
        assertEquals("an alert has waited for more than 60 s", doubt());
    }

    @Test
    void aFeedIsHeardOrKnownToBeDown() {
        heardNs = nowNs - 100 * S;
        final String silent = "spot/1 counts as live and has said nothing for 60 s";
        assertEquals(silent, doubt());
        state = SessionState.DOWN;
        assertEquals("", doubt());
        state = SessionState.LIVE;
        cases = List.of(open("other", "k"));
        assertEquals(silent, doubt());
        cases = List.of(open("spot", "k"));
        assertEquals("", doubt());
        cases = List.of(open("", "spot/1"));
        assertEquals("", doubt());
    }
}
