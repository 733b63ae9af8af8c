package io.plumbline.feed.websocket;

import io.plumbline.feed.venue.Dialogue;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The venue's look at a frame, which it must leave as it found it. A look that throws is counted
 * and says nothing: what a peer sends must not cost the connection, and the frame itself is in the
 * ring already. Event loop only.
 */
final class FrameHead {
    private static final Logger LOG = LoggerFactory.getLogger(FrameHead.class);
    private static final int BYTES = 512;

    private final Dialogue dialogue;
    private final Counters counters;
    private final Function<ByteBuffer, Dialogue.Control> control;
    private final Function<ByteBuffer, String> stream;

    FrameHead(final Dialogue dialogue, final Counters counters) {
        this.dialogue = dialogue;
        this.counters = counters;
        this.control = dialogue::control;
        this.stream = dialogue::streamOf;
    }

    /** Bytes of the first record in what is left of a frame, at least 1 where anything is. */
    int recordLength(final ByteBuffer payload) {
        final int left = payload.remaining();
        final int length = dialogue.recordLength(payload);
        return length > 0 && length < left ? length : left;
    }

    /** What the record says of the connection, or null where it is data. */
    Dialogue.Control control(final ByteBuffer payload) {
        return look(payload, payload.remaining(), control);
    }

    /** The stream that the record belongs to, or null where that cannot be told. */
    String stream(final ByteBuffer payload) {
        return look(payload, BYTES, stream);
    }

    private <T> T look(final ByteBuffer payload, final int most, final Function<ByteBuffer, T> at) {
        final int position = payload.position();
        final int limit = payload.limit();
        try {
            return at.apply(payload.limit(Math.min(limit, position + most)));
        } catch (final RuntimeException e) {
            counters.increment(CounterId.FEED_ERRORS);
            LOG.warn("a frame's head could not be read and is taken as data", e);
            return null;
        } finally {
            payload.limit(limit).position(position);
        }
    }
}
