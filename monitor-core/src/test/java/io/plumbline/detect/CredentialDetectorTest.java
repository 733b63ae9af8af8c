package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token's end, warned of 10 s before in these scenes. */
class CredentialDetectorTest {
    private static final long START_S = Scene.START_NS / 1_000_000_000L;

    private final Scene scene = new Scene();

    private Scene until(final long seconds) {
        return scene.fact(scene.venue, "CREDENTIAL_UNTIL " + (START_S + seconds) + " the token");
    }

    @Test
    void shouldWarnBeforeTheEndAndTellTheEnd() {
        until(30).pass(19_950);
        assertEquals(List.of(), scene.told());
        scene.pass(50);
        assertEquals(List.of(Scene.open("CREDENTIAL_EXPIRING", "token")), scene.told());
        assertEquals("10000000000", scene.evidence(Evidence.TTL_NS));
        assertEquals("2023-11-14T22:13:50Z", scene.evidence(Evidence.DETAIL));
        scene.pass(9_950);
        assertEquals(List.of(), scene.told());
        scene.pass(50);
        assertEquals(List.of(Scene.open("CREDENTIAL_EXPIRED", "token")), scene.told());
        scene.pass(60_000);
        assertEquals(List.of(), scene.told());
        assertEquals(
                List.of(
                        "The token of test runs out in 10.0 s, at 2023-11-14T22:13:50Z; renew it",
                        "The token of test has run out at 2023-11-14T22:13:50Z: a connection that"
                                + " ends now cannot be made again; renew it"),
                scene.sentences);
    }

    @Test
    void shouldCloseWhenItIsRenewed() {
        until(5).pass(6_000);
        assertEquals(
                List.of(
                        Scene.open("CREDENTIAL_EXPIRING", "token"),
                        Scene.open("CREDENTIAL_EXPIRED", "token")),
                scene.told());
        until(86_400);
        assertEquals(
                List.of(
                        Scene.close("CREDENTIAL_EXPIRING", "token"),
                        Scene.close("CREDENTIAL_EXPIRED", "token")),
                scene.told());
        assertEquals("6000000000", scene.findings.get(2).text(Evidence.LASTED_NS));
        assertEquals(
                "The token of test was renewed, until 2023-11-15T22:13:20Z",
                scene.sentences.get(2));
        scene.pass(1_000);
        assertEquals(List.of(), scene.told());
    }

    /** Both have one fingerprint: the end is the same case, worse. */
    @Test
    void shouldPageForTheEndAlone() {
        until(-1);
        assertEquals(List.of(Scene.open("CREDENTIAL_EXPIRED", "token")), scene.told());
        assertEquals("credential|test||token", scene.findings.get(0).fingerprint());
        assertEquals(Severity.HIGH, FindingKind.CREDENTIAL_EXPIRED.severity());
        assertEquals(Severity.MEDIUM, FindingKind.CREDENTIAL_EXPIRING.severity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 0 opaque", " x", " 9223372036854775807 far", " -5"})
    void shouldNotWatchWhatHasNoKnownEnd(final String words) {
        until(5).pass(100);
        scene.told();
        scene.fact(scene.venue, "CREDENTIAL_UNTIL" + words).pass(10_000);
        assertEquals(List.of(Scene.close("CREDENTIAL_EXPIRING", "token")), scene.told());
    }
}
