package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.app.desk.CaseNotice;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.desk.DeskSettings;
import io.plumbline.app.desk.FindingLog;
import io.plumbline.app.desk.Pager;
import io.plumbline.app.desk.Silence;
import io.plumbline.app.http.Controls;
import io.plumbline.metrics.Counters;
import io.plumbline.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever asks the desk for something is answered, whatever becomes of it. */
class OperatorsTest {
    private static final Controls.Matchers ALL =
            new Controls.Matchers(List.of("*"), List.of(), List.of(), List.of());

    /** Fails once, as a store might. */
    private static final class Pen implements Pager {
        private boolean broken = true;

        @Override
        public void commit(final List<CaseNotice> notices) {}

        @Override
        public void keep(final List<Silence> standing) {
            if (broken) {
                broken = false;
                throw new IllegalStateException("the pen is broken");
            }
        }
    }

    private final Desk desk =
            new Desk(
                    DeskSettings.defaults(),
                    (finding, out) -> {},
                    FindingLog.none(),
                    new Pen(),
                    new Counters(),
                    List.of());
    private final DeskRoom room = new DeskRoom(desk, null, new ManualClock(0));
    private final Operators operators = new Operators(desk);
    private final List<String> answers = new ArrayList<>();

    private void ask(final String who) {
        operators.silence(
                new Controls.NewSilence(ALL, who, "deploy", 60_000_000_000L),
                (result, id) -> answers.add(who + ' ' + result));
    }

    @Test
    void aRequestThatFailsIsAnsweredAndTheOthersAreServed() {
        ask("ann");
        ask("bob");
        operators.serve(room, 1);
        assertEquals(List.of("ann UNAVAILABLE", "bob DONE"), answers);
    }

    @Test
    void whatTheDeskHasNoRoomForIsRefusedAtOnce() {
        for (int i = 0; i < 257; i++) {
            ask("who" + i);
        }
        assertEquals(List.of("who256 UNAVAILABLE"), answers);
        operators.serve(room, 1);
        assertEquals(257, answers.size());
    }
}
