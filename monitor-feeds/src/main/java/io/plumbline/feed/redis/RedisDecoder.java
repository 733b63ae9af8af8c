package io.plumbline.feed.redis;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Resolution;
import io.plumbline.market.Rung;
import io.plumbline.market.ValueFault;
import io.plumbline.market.WatchedKeys;
import java.util.List;

/**
 * Turns what {@link RedisFeed} saw into KEY_VALUE and KEY_EVENT events. A key that this
 * configuration does not watch (the replay of an old journal) becomes IGNORED; messages of other
 * types say nothing here. Engine thread only; allocates nothing.
 */
public final class RedisDecoder implements MessageDecoder {
    private final WatchedKeys keys;
    private final ValueReader[] readers;
    private final int[] instruments;
    private final RedisObservation seen = new RedisObservation();

    /**
     * @param formats the format of each key, by key id
     */
    public RedisDecoder(final WatchedKeys keys, final List<ValueFormat> formats) {
        if (formats.size() != keys.size()) {
            throw new IllegalArgumentException(
                    keys.size() + " keys, but " + formats.size() + " value formats");
        }
        this.keys = keys;
        readers = formats.stream().map(ValueReader::new).toArray(ValueReader[]::new);
        instruments = keys.all().stream().mapToInt(WatchedKeys.WatchedKey::instrument).toArray();
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        if (message.type != InboundType.REDIS_VALUE && message.type != InboundType.REDIS_EVENT) {
            return;
        }
        if (!seen.wrap(message.bytes, message.offset, message.length)) {
            draft.type = EventType.UNPARSED;
            out.onEvent(draft);
            return;
        }
        final int key = keys.find(seen.bytes, seen.keyOffset, seen.keyLength);
        final boolean flushed =
                message.type == InboundType.REDIS_EVENT && seen.state == KeyState.FLUSHED;
        if (key < 0 && !flushed) {
            draft.type = EventType.IGNORED;
            out.onEvent(draft);
            return;
        }
        draft.rung = seen.rung;
        draft.keyState = seen.state;
        draft.place = seen.place;
        draft.resolution = resolution();
        if (!flushed) {
            draft.key = key;
            draft.instrument = instruments[key];
        }
        if (message.type == InboundType.REDIS_EVENT) {
            draft.type = EventType.KEY_EVENT;
        } else {
            value(draft, readers[key]);
        }
        out.onEvent(draft);
    }

    private Resolution resolution() {
        if (seen.told) {
            return Resolution.EVERY_WRITE;
        }
        return seen.rung == Rung.SAMPLING || seen.rung == Rung.SWEEP
                ? Resolution.SAMPLED
                : Resolution.LATEST_VALUE;
    }

    private void value(final MarketEvent draft, final ValueReader reader) {
        draft.type = EventType.KEY_VALUE;
        draft.writtenAfterNs = seen.writtenAfterNs;
        draft.expiresAtNs = seen.expiresAtNs;
        draft.bytes = seen.bytes;
        draft.offset = seen.valueOffset;
        draft.length = seen.valueLength;
        if (seen.state == KeyState.PRESENT) {
            draft.valueFault = reader.read(seen, draft);
            if (draft.valueFault != ValueFault.NONE
                    && draft.valueFault != ValueFault.NOT_POSITIVE) {
                draft.price.clear();
            }
        }
    }
}
