package io.plumbline.feed.provider;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import io.plumbline.feed.venue.EventDraft;
import io.plumbline.feed.venue.InstrumentNames;
import io.plumbline.feed.venue.ReferenceMessage;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.util.List;

/**
 * Decodes a provider's JSON. A message is read to its last byte and found whole, all of its
 * elements too, before anything is said of it. Engine thread, no allocation.
 */
final class JsonFeedDecoder implements MessageDecoder {
    private static final int NO_SLOT = -1;

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final JsonShape top = new JsonShape();
    private final EventFields fields = new EventFields();
    private final ControlText control;
    private final JsonMessage[] messages;
    private final int connectionSlot;
    private long connectionSequence;
    private int said;

    JsonFeedDecoder(
            final JsonFormat format, final ProviderSpec.Talk talk, final InstrumentNames names) {
        this.names = names;
        this.control = new ControlText(talk, top);
        this.messages = compile(format.messages(), top);
        this.connectionSlot =
                format.connectionSequence() == null
                        ? NO_SLOT
                        : top.add(format.connectionSequence());
    }

    static JsonMessage[] compile(final List<JsonFormat.Message> messages, final JsonShape top) {
        return messages.stream()
                .map(message -> new JsonMessage(message, top))
                .toArray(JsonMessage[]::new);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> frame(message, draft, out);
            case REFERENCE -> {
                ReferenceMessage.decode(cursor, message, names, draft);
                out.onEvent(draft);
            }
            default -> {
                // Sessions, time and facts are the engine's own: no provider words them.
            }
        }
    }

    private void frame(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        cursor.reset(message.bytes, message.offset, message.length);
        top.read(cursor, message.bytes);
        connectionSequence = MarketEvent.NONE;
        if (!cursor.end() || !numbered()) {
            unparsed(draft, out);
            return;
        }
        said = 0;
        final Kind kind = control.kind();
        if (kind == null && !data(draft, out)) {
            unparsed(draft, out);
        } else if (said == 0) {
            draft.type = type(kind);
            draft.count = kind == null ? 0 : control.id(kind);
            draft.connectionSequence = connectionSequence;
            out.onEvent(draft);
        }
    }

    /** It came all the same, so it keeps its place on the connection. */
    private void unparsed(final MarketEvent draft, final EventHandler out) {
        EventDraft.unparsed(draft);
        draft.connectionSequence = connectionSequence;
        out.onEvent(draft);
    }

    static EventType type(final Kind kind) {
        if (kind == null) {
            return EventType.IGNORED;
        }
        switch (kind) {
            case ACK:
                return EventType.ACK;
            case ERROR:
                return EventType.VENUE_ERROR;
            default:
                return EventType.HEARTBEAT;
        }
    }

    /** Takes the message's place on its connection; false for one that is no number. */
    private boolean numbered() {
        if (connectionSlot != NO_SLOT && top.isPresent(connectionSlot)) {
            connectionSequence = top.wholeNumber(connectionSlot);
            return connectionSequence != MarketEvent.NONE;
        }
        return true;
    }

    /** Says what the message brings; false, and nothing said, where a part of it is none. */
    private boolean data(final MarketEvent draft, final EventHandler out) {
        for (final JsonMessage message : messages) {
            if (message.matches() && !each(message, draft, null)) {
                return false;
            }
        }
        for (final JsonMessage message : messages) {
            if (message.matches()) {
                each(message, draft, out);
            }
        }
        return true;
    }

    /**
     * Each event of one kind of message.
     *
     * @param out null to look only whether all of them are ones
     */
    private boolean each(
            final JsonMessage message, final MarketEvent draft, final EventHandler out) {
        if (!message.isList()) {
            return one(message, draft, out);
        }
        if (!message.begin()) {
            return false;
        }
        while (message.next()) {
            if (!one(message, draft, out)) {
                return false;
            }
        }
        return true;
    }

    private boolean one(
            final JsonMessage message, final MarketEvent draft, final EventHandler out) {
        if (!message.read(fields)) {
            return false;
        }
        if (out != null) {
            EventDraft.restart(draft);
            fields.fill(draft, message.channel, message.rule, names);
            draft.connectionSequence = said == 0 ? connectionSequence : MarketEvent.NONE;
            said++;
            out.onEvent(draft);
        }
        return true;
    }
}
