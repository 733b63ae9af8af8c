package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A market of bursts and writers of every kind: only one of them forgets. */
class BurstDetectorTest {
    private static final int SECONDS = 40;
    private static final int BURSTS = 240;
    private static final int SEEDS = Integer.getInteger("burst.seeds", 3);

    private static List<Scene.Told> told;

    /** What a writer does with what it hears; it writes through the scene. */
    private abstract static class Writer {
        Scene scene;

        abstract void heard(String symbol, String price, long nowMs);

        abstract void step(long nowMs);
    }

    /** Keeps one variable for a batch. */
    private static final class LastWins extends Writer {
        private final int flushMs;
        private String symbol;
        private String price;
        private long dueMs;

        LastWins(final int flushMs) {
            this.flushMs = flushMs;
        }

        @Override
        void heard(final String of, final String value, final long nowMs) {
            dueMs = symbol == null ? nowMs + flushMs : dueMs;
            symbol = of;
            price = value;
        }

        @Override
        void step(final long nowMs) {
            if (symbol != null && nowMs >= dueMs) {
                scene.value(symbol, price);
                symbol = null;
            }
        }
    }

    /** Keeps the newest value of every key. */
    private static final class Conflating extends Writer {
        private final int flushMs;
        private final Map<String, String> newest = new LinkedHashMap<>();
        private long dueMs;

        Conflating(final int flushMs) {
            this.flushMs = flushMs;
        }

        @Override
        void heard(final String of, final String value, final long nowMs) {
            newest.put(of, value);
        }

        @Override
        void step(final long nowMs) {
            if (nowMs >= dueMs) {
                newest.forEach(scene::value);
                newest.clear();
                dueMs = nowMs + flushMs;
            }
        }
    }

    /** Writes one key every so often, in turn, with its newest value. */
    private static final class Slow extends Writer {
        private final int everyMs;
        private final Map<String, String> newest = new LinkedHashMap<>();
        private long dueMs;

        Slow(final int everyMs) {
            this.everyMs = everyMs;
        }

        @Override
        void heard(final String of, final String value, final long nowMs) {
            newest.put(of, value);
        }

        @Override
        void step(final long nowMs) {
            if (nowMs >= dueMs && !newest.isEmpty()) {
                final String first = newest.keySet().iterator().next();
                scene.value(first, newest.remove(first));
                dueMs = nowMs + everyMs;
            }
        }
    }

    /** Writes everything, some ms later, but for some symbols from some time on. */
    private static final class Faithful extends Writer {
        private record Due(String symbol, String price, long atMs) {}

        private final int lagMs;
        private final long frozenFromMs;
        private final List<String> frozen;
        private final Deque<Due> queue = new ArrayDeque<>();

        Faithful(final int lagMs, final long frozenFromMs, final List<String> frozen) {
            this.lagMs = lagMs;
            this.frozenFromMs = frozenFromMs;
            this.frozen = frozen;
        }

        @Override
        void heard(final String of, final String value, final long nowMs) {
            if (nowMs < frozenFromMs || !frozen.contains(of)) {
                queue.add(new Due(of, value, nowMs + lagMs));
            }
        }

        @Override
        void step(final long nowMs) {
            while (!queue.isEmpty() && queue.peek().atMs <= nowMs) {
                final Due due = queue.poll();
                scene.value(due.symbol, due.price);
            }
        }
    }

    /** The first change at once, then at most one write of a key in so many ms. */
    private static final class Throttled extends Writer {
        private final int pauseMs;
        private final Map<String, String> newest = new LinkedHashMap<>();
        private final Map<String, Long> freeMs = new LinkedHashMap<>();

        Throttled(final int pauseMs) {
            this.pauseMs = pauseMs;
        }

        @Override
        void heard(final String of, final String value, final long nowMs) {
            newest.put(of, value);
        }

        @Override
        void step(final long nowMs) {
            for (final String symbol : new ArrayList<>(newest.keySet())) {
                if (freeMs.getOrDefault(symbol, 0L) <= nowMs) {
                    scene.value(symbol, newest.remove(symbol));
                    freeMs.put(symbol, nowMs + pauseMs);
                }
            }
        }
    }

    private static List<String> symbols(final int count) {
        final List<String> symbols = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            symbols.add("S" + i + "/USDT");
        }
        return symbols;
    }

    /** Bursts of {@code size} instruments within 5 ms, about every {@code everyMs}. */
    private static boolean forgets(
            final int seed,
            final int keys,
            final int size,
            final int everyMs,
            final Writer writer) {
        final Random random = new Random(seed);
        final List<String> symbols = symbols(keys);
        final Scene scene = new Scene(symbols.toArray(new String[0]));
        writer.scene = scene;
        final int[] cents = new int[keys];
        final long[] ids = new long[keys];
        long burstMs = 100;
        int left = 0;
        // A market of few bursts takes longer to tell.
        final long endMs = Math.max(SECONDS * 1_000L, (long) BURSTS * everyMs);
        for (long nowMs = 0; nowMs < endMs; nowMs++) {
            if (nowMs >= burstMs) {
                left = 1 + random.nextInt(size);
                burstMs = nowMs + everyMs / 2 + random.nextInt(everyMs);
            }
            while (left > 0 && random.nextInt(3) > 0) {
                left--;
                final int at = random.nextInt(keys);
                cents[at] += 1 + random.nextInt(3);
                final String price =
                        String.format("%d.%02d", 100 + cents[at] / 100, cents[at] % 100);
                scene.trade(symbols.get(at), ++ids[at], price);
                writer.heard(symbols.get(at), price, nowMs);
            }
            writer.step(nowMs);
            scene.pass(1);
        }
        told = scene.told();
        return told.contains(Scene.open("WRITES_LOST", "writer"));
    }

    @Test
    void theWriterIsToldAndNotItsKeys() {
        assertTrue(forgets(1, 6, 4, 200, new LastWins(20)));
        assertEquals(List.of(Scene.open("WRITES_LOST", "writer")), told);
    }

    @Test
    void onlyTheLastOfABurstIsWritten() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (final int keys : new int[] {2, 4, 12}) {
                for (final int size : new int[] {3, 8}) {
                    for (final int everyMs : new int[] {60, 700}) {
                        for (final int flushMs : new int[] {8, 50}) {
                            assertTrue(
                                    forgets(seed, keys, size, everyMs, new LastWins(flushMs)),
                                    "seed "
                                            + seed
                                            + ", keys "
                                            + keys
                                            + ", size "
                                            + size
                                            + ", every "
                                            + everyMs
                                            + ", flush "
                                            + flushMs);
                        }
                    }
                }
            }
        }
    }

    @Test
    void slowWritersOfADenseMarketDoNotForget() {
        for (final int keys : new int[] {2, 6}) {
            for (final int pauseMs : new int[] {20, 40, 100}) {
                for (int seed = 1; seed <= SEEDS; seed++) {
                    assertEquals(
                            false,
                            forgets(seed, keys, 8, 8, new Slow(pauseMs)),
                            "seed " + seed + ", keys " + keys + ", pause " + pauseMs);
                }
            }
        }
    }

    @Test
    void otherWritersDoNotForget() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (final int keys : new int[] {2, 6}) {
                for (final int everyMs : new int[] {60, 300}) {
                    final List<String> frozen = symbols(keys).subList(0, 1);
                    final List<String> half = symbols(keys).subList(0, (keys + 1) / 2);
                    for (final Writer writer :
                            List.of(
                                    new Conflating(10),
                                    new Conflating(100),
                                    new Conflating(1_000),
                                    new Slow(20),
                                    new Slow(150),
                                    new Throttled(300),
                                    new Throttled(1_000),
                                    new Faithful(2, 0, List.of()),
                                    new Faithful(400, 0, List.of()),
                                    new Faithful(2, 0, frozen),
                                    new Faithful(2, 15_000, frozen),
                                    new Faithful(2, 15_000, half))) {
                        assertEquals(
                                false,
                                forgets(seed, keys, 6, everyMs, writer),
                                "seed "
                                        + seed
                                        + ", keys "
                                        + keys
                                        + ", every "
                                        + everyMs
                                        + ", "
                                        + writer.getClass().getSimpleName()
                                        + writer);
                    }
                }
            }
        }
    }
}
