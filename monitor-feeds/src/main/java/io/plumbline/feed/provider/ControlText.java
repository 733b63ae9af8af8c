package io.plumbline.feed.provider;

import io.plumbline.feed.venue.Dialogue.Control.Kind;
import io.plumbline.market.MarketEvent;

/** What a text says of the connection, by a provider's own words. Reading allocates nothing. */
final class ControlText {
    private static final int NONE = -1;

    private final JsonShape shape;
    private final JsonTest ack;
    private final JsonTest error;
    private final JsonTest heartbeat;
    private final int ackId;
    private final int errorId;
    private final int errorText;

    /**
     * @param shape reads the texts
     */
    ControlText(final ProviderSpec.Talk talk, final JsonShape shape) {
        this.shape = shape;
        this.ack = test(talk.ack());
        this.error = test(talk.error());
        this.heartbeat = test(talk.heartbeat());
        this.ackId = slot(talk.ackId());
        this.errorId = slot(talk.errorId());
        this.errorText = slot(talk.errorText());
    }

    private JsonTest test(final JsonMatch match) {
        return match == null ? null : new JsonTest(match, shape);
    }

    private int slot(final JsonPath path) {
        return path == null ? NONE : shape.add(path);
    }

    /** What the text just read says: HEARTBEAT, ERROR, ACK, or null for nothing of that. */
    Kind kind() {
        if (heartbeat != null && heartbeat.holds()) {
            return Kind.HEARTBEAT;
        }
        if (error != null && error.holds()) {
            return Kind.ERROR;
        }
        return ack != null && ack.holds() ? Kind.ACK : null;
    }

    /** The number of the request that is answered, or -1. */
    int id(final Kind kind) {
        final int slot = kind == Kind.ACK ? ackId : errorId;
        final long id = slot == NONE ? NONE : shape.wholeNumber(slot);
        return id == MarketEvent.NONE || id != (int) id ? NONE : (int) id;
    }

    /** Why it was refused, or "" where it does not say. */
    String reason() {
        return errorText == NONE ? "" : shape.text(errorText);
    }
}
