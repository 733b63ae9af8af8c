package io.plumbline.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> edges = new ArrayList<>();
    private final FakeProgress engine = new FakeProgress("engine");
    private final FakeProgress desk = new FakeProgress("desk");
    private final Watchdog watchdog =
            new Watchdog(
                    Watchdog.DEFAULT_STALL_NS,
                    new Watchdog.Listener() {
                        @Override
                        public void stalled(final String role, final long backlog) {
                            edges.add(role + " stalled with " + backlog);
                        }

                        @Override
                        public void recovered(final String role) {
                            edges.add(role + " recovered");
                        }
                    },
                    List.of(engine, desk));

    @Test
    void shouldTellOnceOfAConsumerThatDoesNotMoveAndOnceThatItDoes() {
        engine.backlog = 3;
        seconds(0, 5);
        assertEquals(List.of(), edges);
        seconds(6, 20);
        assertEquals(List.of("engine stalled with 3"), edges);
        engine.position = 1;
        seconds(21, 40);
        assertEquals(
                List.of("engine stalled with 3", "engine recovered", "engine stalled with 3"),
                edges);
        engine.backlog = 0;
        seconds(41, 60);
        assertEquals("engine recovered", edges.get(3));
        assertEquals(4, edges.size());
    }

    @Test
    void shouldAccuseNobodyWhoMovesOrIsIdle() {
        engine.backlog = 10;
        for (int second = 0; second < 60; second++) {
            engine.position++;
            watchdog.check(second * SECOND);
        }
        assertEquals(List.of(), edges);
    }

    @Test
    void shouldAccuseNobodyForAPauseOfTheWholeProcess() {
        engine.backlog = 10;
        seconds(0, 2);
        watchdog.check(30 * SECOND);
        engine.position++;
        seconds(31, 34);
        assertEquals(List.of(), edges);
    }

    private void seconds(final int from, final int to) {
        for (int second = from; second <= to; second++) {
            watchdog.check(second * SECOND);
        }
    }

    private static final class FakeProgress implements Progress {
        private final String role;
        private long position;
        private long backlog;

        private FakeProgress(final String role) {
            this.role = role;
        }

        @Override
        public String role() {
            return role;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long backlog() {
            return backlog;
        }
    }
}
