package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which part of a Cluster a key is seen through. */
final class HoldersTest {
    private final Sources sources = new Sources();
    private final int alone = sources.addRedis("alone");
    private final int first = sources.addRedis("many", 3);
    private final WatchedKeys keys = new WatchedKeys();
    private final Holders holders;

    HoldersTest() {
        for (final int source : new int[] {alone, first}) {
            keys.add(
                    new WatchedKeys.WatchedKey(
                            keys.size(),
                            "k" + keys.size(),
                            source,
                            0,
                            Field.LAST,
                            1,
                            1,
                            0,
                            new Decimal(),
                            false,
                            0,
                            "writer"));
        }
        holders = new Holders(keys, sources);
    }

    @Test
    void shouldNameThePartsOfACluster() {
        assertEquals("redis/many", sources.source(first).name());
        assertEquals("redis/many/3", sources.source(first + 2).name());
        assertEquals(3, sources.parts(first));
        assertEquals(1, sources.parts(alone));
    }

    @Test
    void shouldFollowWhoTellsAKey() {
        assertEquals(alone, holders.of(0));
        assertEquals(Holders.NOWHERE, holders.of(1));
        holders.onEvent(event(EventType.KEY_VALUE, first + 1, KeyState.PRESENT));
        assertEquals(first + 1, holders.of(1));
        holders.onEvent(event(EventType.KEY_VALUE, first + 2, KeyState.PRESENT));
        holders.onEvent(event(EventType.KEY_EVENT, first + 1, KeyState.MOVED));
        assertEquals(first + 2, holders.of(1), "its new holder has told it before the old let go");
        holders.onEvent(event(EventType.KEY_EVENT, first + 2, KeyState.MOVED));
        assertEquals(Holders.NOWHERE, holders.of(1));
    }

    @Test
    void shouldNotSeeWhatNobodyHolds() {
        final Sight sight = new Sight(sources, new Sessions(sources));
        sight.onMessage(first, 1_000);
        assertTrue(sight.isSeen(first, 1_000));
        assertFalse(sight.isSeen(Holders.NOWHERE, 1_000));
        assertFalse(sight.wasAtPace(Holders.NOWHERE, 1_000, 0, 1_000));
    }

    private static MarketEvent event(final EventType type, final int source, final KeyState state) {
        final MarketEvent event = new MarketEvent().clear();
        event.type = type;
        event.source = source;
        event.key = 1;
        event.keyState = state;
        return event;
    }
}
