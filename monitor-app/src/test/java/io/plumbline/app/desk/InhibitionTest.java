package io.plumbline.app.desk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.finding.FindingKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a Redis that does not answer stands for. */
class InhibitionTest {
    @Test
    void whatStandsAroundThePriceMayBeASymptom() {
        for (final FindingKind kind :
                List.of(
                        FindingKind.STREAM_LAG,
                        FindingKind.STREAM_TRIMMED_UNREAD,
                        FindingKind.QUEUE_STUCK,
                        FindingKind.SNAPSHOT_STALE,
                        FindingKind.EVENT_SHAPE,
                        FindingKind.EVENT_SILENT)) {
            assertTrue(Inhibition.maybeSymptom(kind), kind.name());
            assertTrue(
                    kind.severity().compareTo(FindingKind.REDIS_DOWN.severity()) <= 0, kind.name());
        }
    }
}
