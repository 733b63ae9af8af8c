package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.plumbline.market.CopyCounts.Count;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any order in which two connections bring the same messages gives each of them once. */
class TwinsMergeTest {
    private static final long SEED = 20_261_127L;
    private static final int MESSAGES = 50_000;

    /** So far one connection may be ahead of the other. */
    private static final int AHEAD = FirstCopies.REMEMBERED - 2;

    private final Random random = new Random(SEED);
    private final Sources sources = new Sources();
    private final int first = sources.addVenue("test", "public-a");
    private final int second = sources.addVenue("test", "public-b");
    private final MarketEvent event = new MarketEvent();
    private final long[] news = new long[4 * MESSAGES];
    private final int[] at = new int[2];
    private int told;
    private long atNs;
    private long base;
    private final MarketState state = state();

    private MarketState state() {
        sources.pair(first, second);
        final MarketState made =
                new MarketState(
                        sources, new Instruments(), new WatchedKeys(), new Subscriptions(), 1);
        made.sessions.assumeLive(first, 1);
        made.sessions.assumeLive(second, 1);
        return made;
    }

    /** Both bring {@link #MESSAGES} messages; each of them loses one in {@code lossy}. */
    private void play(final boolean numbered, final int lossy) {
        at[0] = 0;
        at[1] = 0;
        told = 0;
        while (at[0] < MESSAGES || at[1] < MESSAGES) {
            final int ahead = at[0] - at[1];
            int side = random.nextInt(100) < 50 ? 0 : 1;
            if (ahead > AHEAD || at[0] == MESSAGES) {
                side = 1;
            } else if (ahead < -AHEAD || at[1] == MESSAGES) {
                side = 0;
            }
            final int number = at[side]++;
            atNs += 1_000;
            // Never both lose the same one, nor the first and last.
            final boolean lost = lossy > 0 && number % (2 * lossy) == lossy * side + 5;
            if (!lost) {
                bring(side == 0 ? first : second, number, numbered);
            }
        }
        base += MESSAGES;
    }

    private void bring(final int source, final int number, final boolean numbered) {
        event.clear();
        event.type = EventType.MARKET;
        event.channel = numbered ? Channel.TRADE : Channel.TICKER;
        event.instrument = 0;
        event.source = source;
        event.epoch = 1;
        event.receivedNs = atNs;
        // Several messages of one instant have the same time and values.
        event.venueNs = base + number / 3;
        event.price.set(1 + number / 6 % 10, 0);
        if (numbered) {
            event.rule = SequenceRule.CONTIGUOUS;
            event.firstSequence = base + number;
            event.lastSequence = base + number;
        }
        state.twins.judge(event);
        state.twins.merge(event);
        if (event.type == EventType.MARKET || event.continuity == Continuity.FILLED) {
            news[told++] = numbered ? event.lastSequence : event.venueNs;
        }
    }

    @Test
    void shouldGiveEveryNumberOnceAndInOrder() {
        play(true, 0);
        assertEquals(MESSAGES, told, "seed " + SEED);
        for (int i = 0; i < told; i++) {
            assertEquals(i, news[i], "seed " + SEED);
        }
        assertEquals(0, sum(Count.MISSED) + sum(Count.DIFFERENT));
        assertEquals(MESSAGES, sum(Count.FIRSTS));
        assertEquals(MESSAGES, sum(Count.DUPLICATES));
    }

    @Test
    void shouldGiveEveryNumberOnceWhereEachConnectionLosesSome() {
        play(true, 97);
        final List<Long> all = new ArrayList<>();
        for (int i = 0; i < told; i++) {
            all.add(news[i]);
        }
        Collections.sort(all);
        for (int i = 0; i < MESSAGES; i++) {
            assertEquals(i, all.get(i), "seed " + SEED);
        }
        assertEquals(MESSAGES, all.size(), "seed " + SEED);
        assertEquals(0, sum(Count.DIFFERENT));
    }

    @Test
    void shouldGiveEveryMessageWithoutNumberOnce() {
        play(false, 0);
        assertEquals(MESSAGES, told, "seed " + SEED);
        for (int i = 0; i < told; i++) {
            assertEquals(i / 3, news[i], "seed " + SEED);
        }
    }

    @Test
    void shouldBlameNoConnectionForWhatTheMonitorLost() {
        bring(first, 0, true);
        bring(second, 0, true);
        state.twins.ownLoss(first);
        bring(first, 3, true);
        assertEquals(Continuity.OWN_LOSS, event.continuity);
        bring(second, 1, true);
        assertEquals(Continuity.FILLED, event.continuity);
        assertEquals(-1, state.twins.missedBy());
        bring(second, 2, true);
        assertEquals(Continuity.FILLED, event.continuity);
        assertEquals(0, sum(Count.MISSED));
    }

    @Test
    void shouldAllocateNothingPerMessage() {
        final ThreadMXBean threads = threads();
        play(true, 97);
        play(false, 0);
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            play(true, 97);
            play(false, 0);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + 2 * MESSAGES + " messages, seed " + SEED);
    }

    private long sum(final Count count) {
        return state.twins.counts().get(first, count) + state.twins.counts().get(second, count);
    }

    private static ThreadMXBean threads() {
        final java.lang.management.ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        assumeTrue(
                bean instanceof ThreadMXBean measured
                        && measured.isThreadAllocatedMemorySupported()
                        && measured.isThreadAllocatedMemoryEnabled(),
                "this JVM does not count allocated bytes per thread");
        return (ThreadMXBean) bean;
    }
}
