package io.plumbline.detect;

import io.plumbline.market.Channel;
import io.plumbline.market.Continuity;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import java.util.Arrays;

/**
 * The clocks behind the two silence detectors: one {@link Lane} per connection, and one per
 * instrument and channel, with what moved elsewhere meanwhile. Written by {@link MuteDetector},
 * which is asked first, and read by {@link StalenessDetector}.
 */
public final class Silence {
    /** Siblings must have moved so often before silence is suspicious. */
    static final int SIBLING_MOVES = 3;

    /** What one change of a symbol's Redis key counts: two of them are enough. */
    private static final int KEY_WEIGHT = 2;

    /** A tick later than this means that the monitor itself stood still. */
    private static final long STALL_NS = 1_000_000_000L;

    /** What Redis shows so soon after it was not seen may be what it catches up with. */
    private static final long CAUGHT_UP_NS = 1_000_000_000L;

    private static final int CHANNELS = Channel.values().length;

    /**
     * @param connectionNs silence of a whole connection that is suspicious
     * @param symbolNs silence of one symbol; 0 to learn it
     * @param floorNs lowest learned threshold
     * @param capNs highest learned threshold
     * @param neverSeenNs deadline for the first data after the connection became live
     */
    public record Thresholds(
            long connectionNs, long symbolNs, long floorNs, long capNs, long neverSeenNs) {}

    final Thresholds thresholds;
    private final MarketState state;
    private final Lane[] connections;
    private final boolean[] mute;
    private Lane[] lanes = new Lane[64 * CHANNELS];
    private Lane[] all = new Lane[64];
    private int count;

    /** What two connections with the same streams brought, first or second, by side. */
    private final Lane[][] sides = {new Lane[0], new Lane[0]};

    private Lane[] copies = new Lane[0];
    private int copyCount;
    private int stale;
    private long lastTickNs;

    public Silence(final MarketState state, final Thresholds thresholds) {
        this.state = state;
        this.thresholds = thresholds;
        connections = new Lane[state.sources.size()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = new Lane(i, -1, Channel.NONE);
        }
        mute = new boolean[connections.length];
        for (final Subscriptions.Subscription subscription : state.subscriptions.all()) {
            lane(subscription.source(), subscription.instrument(), subscription.channel());
        }
    }

    int size() {
        return count;
    }

    Lane lane(final int index) {
        return all[index];
    }

    /** Lanes of connections that have a twin, one for each of the two. */
    int copies() {
        return copyCount;
    }

    Lane copy(final int index) {
        return copies[index];
    }

    Lane connection(final int source) {
        return connections[source];
    }

    boolean isMute(final int source) {
        return mute[source];
    }

    void mute(final int source, final boolean now) {
        mute[source] = now;
    }

    /** Whether data of this connection can be expected: it is up, and not mute. */
    boolean speaks(final int source) {
        return !mute[source] && state.sessions.isUp(source);
    }

    /** Whether another connection carries the same streams, and speaks. */
    boolean otherSpeaks(final int source) {
        final int twin = state.sources.twin(source);
        return twin >= 0 && speaks(twin);
    }

    /** The lane of this instrument and channel, or null. */
    Lane find(final int instrument, final Channel channel) {
        final int index = instrument * CHANNELS + channel.ordinal();
        return index < lanes.length ? lanes[index] : null;
    }

    long thresholdNs(final Lane lane) {
        return thresholds.symbolNs > 0
                ? thresholds.symbolNs
                : lane.thresholdNs(thresholds.floorNs, thresholds.capNs);
    }

    /** Market data came: its lane moved, and implies that related lanes should. */
    void onData(final MarketEvent event, final long nowNs) {
        connections[event.source].moved(nowNs);
        final boolean repeated = event.continuity == Continuity.REPEATED;
        if (state.twins.isPaired(event.source)) {
            copy(event.source, event.instrument, event.channel).onData(repeated, nowNs);
        }
        if (event.type == EventType.COPY
                || !lane(event.source, event.instrument, event.channel).onData(repeated, nowNs)) {
            return;
        }
        if (event.channel == Channel.TRADE || event.channel == Channel.AGG_TRADE) {
            nudge(event.instrument, Channel.BOOK_TICKER, 1, nowNs);
            nudge(event.instrument, Channel.DEPTH, 1, nowNs);
            final boolean single = event.channel == Channel.TRADE;
            nudge(event.instrument, single ? Channel.AGG_TRADE : Channel.TRADE, 1, nowNs);
        }
    }

    /** A Redis key that changes says that its reference should change too. */
    void onKey(final MarketEvent event, final long nowNs) {
        if (event.key < 0
                || !state.sight.wasAtPace(event.source, event.receivedNs, CAUGHT_UP_NS, nowNs)
                || event.keyState != KeyState.PRESENT
                || !event.price.isGiven()) {
            return;
        }
        final WatchedKeys.WatchedKey key = state.keys.key(event.key);
        if (state.observations.key(event.key).changed && key.field() != Field.INDEX) {
            nudge(
                    key.instrument(),
                    state.references.channel(key.instrument(), key.field()),
                    KEY_WEIGHT,
                    nowNs);
        }
    }

    /** Movements soon after the lane's own last one prove nothing: they may just be later. */
    private void nudge(
            final int instrument, final Channel channel, final int weight, final long nowNs) {
        final Lane lane = find(instrument, channel);
        if (lane != null && lane.events > 0 && nowNs - lane.lastNs > thresholdNs(lane) / 2) {
            lane.siblingMoves += weight;
        }
    }

    /** Measures every lane; forgives all silences when the tick itself came much too late. */
    void onTick(final long nowNs) {
        if (lastTickNs != 0 && nowNs - lastTickNs > STALL_NS) {
            for (int source = 0; source < connections.length; source++) {
                restart(source, nowNs);
            }
            for (int i = 0; i < count; i++) {
                all[i].restart(nowNs);
            }
        }
        lastTickNs = nowNs;
        final long leastNs =
                thresholds.symbolNs > 0
                        ? thresholds.symbolNs
                        : Math.min(thresholds.floorNs, thresholds.capNs);
        stale = 0;
        for (int i = 0; i < count; i++) {
            final Lane lane = all[i];
            measure(lane, leastNs, nowNs);
            stale += isStale(lane) ? 1 : 0;
        }
        for (int i = 0; i < copyCount; i++) {
            measure(copies[i], leastNs, nowNs);
        }
    }

    private void measure(final Lane lane, final long leastNs, final long nowNs) {
        final long silentNs = nowNs - lane.lastNs;
        lane.overdue = lane.events > 0 && silentNs > leastNs && silentNs > thresholdNs(lane);
        lane.silent = lane.overdue && nowNs - lane.aliveNs > thresholdNs(lane);
    }

    /** The clocks of a connection start anew; its symbols' only where no other carries them. */
    void restart(final int source, final long nowNs) {
        connections[source].restart(nowNs);
        for (int i = 0; i < copyCount; i++) {
            if (copies[i].source == source) {
                copies[i].restart(nowNs);
            }
        }
        final int first = state.twins.primary(source);
        for (int i = 0; i < count && !otherSpeaks(source); i++) {
            if (all[i].source == first) {
                all[i].restart(nowNs);
            }
        }
    }

    /** Whether no earlier lane of this instrument on this connection has moved so often. */
    boolean isFirst(final Lane lane) {
        final int base = lane.instrument * CHANNELS;
        final Lane[] of = of(lane.source);
        for (int i = base; i < base + lane.channel.ordinal(); i++) {
            if (of[i] != null && of[i].source == lane.source && of[i].events > SIBLING_MOVES) {
                return false;
            }
        }
        return true;
    }

    /** Whether every stream of this instrument on this connection is silent altogether. */
    boolean allSilent(final int instrument, final int source) {
        final Lane[] of = of(source);
        for (int i = instrument * CHANNELS; i < (instrument + 1) * CHANNELS; i++) {
            final Lane lane = of[i];
            if (lane != null && lane.source == source && lane.events > 0 && !lane.silent) {
                return false;
            }
        }
        return true;
    }

    /** The longest threshold of any lane of this instrument that ever moved. */
    long longestThresholdNs(final int instrument) {
        long longestNs = 0;
        for (int i = instrument * CHANNELS; i < (instrument + 1) * CHANNELS; i++) {
            if (lanes[i] != null && lanes[i].events > 0) {
                longestNs = Math.max(longestNs, thresholdNs(lanes[i]));
            }
        }
        return longestNs;
    }

    /** Whether any lane of this instrument has ever moved. */
    boolean anySeen(final int instrument) {
        for (int i = instrument * CHANNELS; i < (instrument + 1) * CHANNELS; i++) {
            if (lanes[i] != null && lanes[i].events > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether every lane of this instrument that ever moved is silent past its threshold. */
    boolean allOverdue(final int instrument) {
        for (int i = instrument * CHANNELS; i < (instrument + 1) * CHANNELS; i++) {
            if (lanes[i] != null && lanes[i].events > 0 && !lanes[i].overdue) {
                return false;
            }
        }
        return true;
    }

    /** Whether a lane of this instrument is silent while its siblings moved. */
    boolean anyStale(final int instrument) {
        // Asked in the tick that counted them: mostly there are none at all.
        for (int i = instrument * CHANNELS; stale > 0 && i < (instrument + 1) * CHANNELS; i++) {
            if (lanes[i] != null && isStale(lanes[i])) {
                return true;
            }
        }
        return false;
    }

    static boolean isStale(final Lane lane) {
        return lane.overdue && lane.siblingMoves >= SIBLING_MOVES;
    }

    /** The lanes of what a connection itself brought. */
    private Lane[] of(final int source) {
        return state.twins.isPaired(source) ? sides[side(source)] : lanes;
    }

    private int side(final int source) {
        return state.twins.primary(source) == source ? 0 : 1;
    }

    private Lane copy(final int source, final int instrument, final Channel channel) {
        final int side = side(source);
        final int index = instrument * CHANNELS + channel.ordinal();
        if (index >= sides[side].length) {
            final int instruments = Math.max(instrument + 1, sides[side].length / CHANNELS * 2);
            sides[side] = Arrays.copyOf(sides[side], instruments * CHANNELS);
        }
        if (sides[side][index] == null) {
            sides[side][index] = new Lane(source, instrument, channel);
            copies =
                    copyCount == copies.length
                            ? Arrays.copyOf(copies, Math.max(64, copyCount * 2))
                            : copies;
            copies[copyCount++] = sides[side][index];
        }
        return sides[side][index];
    }

    private Lane lane(final int source, final int instrument, final Channel channel) {
        final int index = instrument * CHANNELS + channel.ordinal();
        if (index >= lanes.length) {
            final int instruments = Math.max(instrument + 1, lanes.length / CHANNELS * 2);
            lanes = Arrays.copyOf(lanes, instruments * CHANNELS);
        }
        if (lanes[index] == null) {
            lanes[index] = new Lane(state.twins.primary(source), instrument, channel);
            all = count == all.length ? Arrays.copyOf(all, count * 2) : all;
            all[count++] = lanes[index];
        }
        return lanes[index];
    }
}
