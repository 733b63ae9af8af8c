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

/**
 * Decodes a provider's frames of a fixed layout; text frames beside them are control messages. All
 * records are found whole before anything is said of a frame. Engine thread, no allocation.
 */
final class BinaryFeedDecoder implements MessageDecoder {
    private final BinaryFormat format;
    private final InstrumentNames names;
    private final BinaryMessage[] messages;
    private final BinaryRecords records;
    private final EventFields fields = new EventFields();
    private final JsonCursor cursor = new JsonCursor();
    private final JsonShape text = new JsonShape();
    private final ControlText control;
    private long connectionSequence;
    private boolean heartbeat;
    private int said;

    BinaryFeedDecoder(
            final BinaryFormat format, final ProviderSpec.Talk talk, final InstrumentNames names) {
        this.format = format;
        this.names = names;
        this.messages =
                format.messages().stream().map(BinaryMessage::new).toArray(BinaryMessage[]::new);
        this.records = new BinaryRecords(format);
        this.control = new ControlText(talk, text);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_BINARY -> frame(message, draft, out);
            case FRAME_TEXT -> text(message, draft, out);
            case REFERENCE -> {
                ReferenceMessage.decode(cursor, message, names, draft);
                out.onEvent(draft);
            }
            default -> {
                // Sessions, time and facts are the engine's own: no provider words them.
            }
        }
    }

    private void text(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        cursor.reset(message.bytes, message.offset, message.length);
        text.read(cursor, message.bytes);
        if (cursor.end()) {
            final Kind kind = control.kind();
            draft.type = JsonFeedDecoder.type(kind);
            draft.count = kind == null ? 0 : control.id(kind);
        } else {
            EventDraft.unparsed(draft);
        }
        out.onEvent(draft);
    }

    private void frame(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        connectionSequence = MarketEvent.NONE;
        heartbeat = false;
        said = 0;
        if (!pass(message, draft, null)) {
            EventDraft.unparsed(draft);
            draft.connectionSequence = connectionSequence;
            out.onEvent(draft);
            return;
        }
        pass(message, draft, out);
        if (said == 0) {
            draft.type = heartbeat ? EventType.HEARTBEAT : EventType.IGNORED;
            draft.connectionSequence = connectionSequence;
            out.onEvent(draft);
        }
    }

    /**
     * Goes over the records.
     *
     * @param out null to look only whether all of them are ones
     */
    private boolean pass(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        records.begin(message.bytes, message.offset, message.length);
        boolean first = records.whole();
        if (first && isInHeader(format.connectionSequence())) {
            connectionSequence = records.bits(format.connectionSequence());
        }
        if (first && isInHeader(format.type())) {
            heartbeat = isHeartbeat(records.bits(format.type()));
        }
        for (; records.next(); first = false) {
            if (first && format.connectionSequence() != null) {
                connectionSequence = records.bits(format.connectionSequence());
            }
            final long type = format.type() == null ? 0 : records.bits(format.type());
            if (type == MarketEvent.NONE) {
                return false;
            }
            heartbeat |= isHeartbeat(type);
            for (final BinaryMessage kind : messages) {
                if (kind.when == type && !one(kind, message, draft, out)) {
                    return false;
                }
            }
        }
        return records.whole();
    }

    private static boolean isInHeader(final BinaryField field) {
        return field != null && field.inHeader();
    }

    private boolean isHeartbeat(final long type) {
        return format.type() != null && format.heartbeat() != null && format.heartbeat() == type;
    }

    private boolean one(
            final BinaryMessage kind,
            final InboundMessage message,
            final MarketEvent draft,
            final EventHandler out) {
        if (!kind.read(message.bytes, message.offset, records.start(), records.length(), fields)) {
            return false;
        }
        if (out != null) {
            EventDraft.restart(draft);
            fields.fill(draft, kind.channel, kind.rule, names);
            draft.connectionSequence = said == 0 ? connectionSequence : MarketEvent.NONE;
            said++;
            out.onEvent(draft);
        }
        return true;
    }
}
