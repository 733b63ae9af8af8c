package io.plumbline.market;

/**
 * Which source each watched key is seen through now. For a standalone Redis that never changes; in
 * a Cluster it is the part that last told the key, and nobody between a slot's leaving and its
 * arrival. Ask this, not {@link WatchedKeys.WatchedKey#source()}, whether a key is seen. Engine
 * thread.
 */
public final class Holders {
    /** No source vouches for the key: every question about it is answered as for one unseen. */
    public static final int NOWHERE = -1;

    private final int[] holders;

    public Holders(final WatchedKeys keys, final Sources sources) {
        holders = new int[keys.size()];
        for (int id = 0; id < holders.length; id++) {
            final int source = keys.key(id).source();
            holders[id] = sources.parts(source) > 1 ? NOWHERE : source;
        }
    }

    /** Takes a KEY_VALUE or KEY_EVENT event. */
    public void onEvent(final MarketEvent event) {
        if (event.key < 0) {
            return;
        }
        if (event.type == EventType.KEY_VALUE) {
            holders[event.key] = event.source;
        } else if (event.keyState == KeyState.MOVED && holders[event.key] == event.source) {
            holders[event.key] = NOWHERE;
        }
    }

    /** The id of the source, or {@link #NOWHERE}. */
    public int of(final int key) {
        return holders[key];
    }
}
