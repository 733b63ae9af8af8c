package io.plumbline.app.watch;

import io.plumbline.feed.redis.RedisDecoder;
import io.plumbline.feed.redis.ValueFormat;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.EventHandler;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.WatchedKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of one Redis server: dense ids of their own for its observer, turned into the monitor's
 * ids when its messages are decoded. Two servers may hold keys of the same name.
 */
public final class ServerKeys implements MessageDecoder, EventHandler {
    private final WatchedKeys keys = new WatchedKeys();
    private final List<ValueFormat> formats = new ArrayList<>();
    private final List<Integer> added = new ArrayList<>();
    private int[] ids;
    private RedisDecoder decoder;
    private EventHandler out;

    void add(final WatchedKeys.WatchedKey key, final ValueFormat format) {
        keys.add(
                new WatchedKeys.WatchedKey(
                        keys.size(),
                        key.name(),
                        key.source(),
                        key.instrument(),
                        key.field(),
                        key.lagBudgetNs(),
                        key.closeLagNs(),
                        key.toleranceTicks(),
                        key.toleranceBps(),
                        key.ttlExpected(),
                        key.ttlShortestNs(),
                        key.writer()));
        formats.add(format);
        added.add(key.id());
    }

    /** The keys with the observer's ids. */
    public WatchedKeys keys() {
        return keys;
    }

    /** How each value stands, by the observer's ids. */
    public List<ValueFormat> formats() {
        return List.copyOf(formats);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler handler) {
        if (decoder == null) {
            decoder = new RedisDecoder(keys, formats);
            ids = added.stream().mapToInt(Integer::intValue).toArray();
        }
        out = handler;
        decoder.decode(message, draft, this);
    }

    @Override
    public void onEvent(final MarketEvent event) {
        event.key = event.key >= 0 ? ids[event.key] : event.key;
        out.onEvent(event);
    }
}
