package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.BitfinexData.Tag;
import io.plumbline.feed.venue.Venue.UnknownSymbols;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.Channel;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;

/**
 * Decodes Bitfinex's arrays: {@code [channel number, (tag,) payload, number of the message]}, which
 * only the events of the same connection give a meaning. Two connections of a source may overlap,
 * so the meanings of two are kept.
 *
 * <p>A first pass holds the whole message to the grammar and finds its payload; the second reads
 * that. New fields may be appended to any array. A message that cannot be read is counted all the
 * same where its number can: it came, so nothing is missing, and the checksum judges the book that
 * lacks it. Engine thread, no allocation.
 */
final class BitfinexDecoder implements MessageDecoder {
    private static final byte[] HB = ascii("hb");
    private static final byte[] CS = ascii("cs");
    private static final byte[] TE = ascii("te");
    private static final byte[] TU = ascii("tu");
    private static final long NONE = MarketEvent.NONE;

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final BitfinexChannels[] connections = {new BitfinexChannels(), new BitfinexChannels()};
    private final BitfinexUsual usual;
    private final BitfinexEvents events;
    private final BitfinexData data;
    private long channelNumber;
    private Tag tag;
    private long messageNumber;
    private int payloadStart;
    private int payloadLength;

    BitfinexDecoder(
            final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.names = new InstrumentNames(venue, instruments, unknown);
        this.usual = new BitfinexUsual(names);
        this.events = new BitfinexEvents(cursor, names);
        this.data = new BitfinexData(cursor, names);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> {
                final BitfinexChannels channels = connections[message.epoch & 1];
                channels.of(message.epoch);
                if (usual.decode(message, channels, draft, out)) {
                    return;
                }
                messageNumber = NONE;
                cursor.reset(message.bytes, message.offset, message.length);
                final boolean understood =
                        cursor.peek() == '['
                                ? array(message.bytes, channels, draft, out)
                                : events.decode(channels, draft, out);
                if (!understood) {
                    EventDraft.unparsed(draft);
                    draft.connectionSequence = messageNumber;
                    out.onEvent(draft);
                }
            }
            case REFERENCE -> {
                ReferenceMessage.decode(cursor, message, names, draft);
                out.onEvent(draft);
            }
            default -> {
                // Sessions, time and facts are the engine's own: no venue words them.
            }
        }
    }

    /** False, with nothing said, for what Bitfinex does not send. */
    private boolean array(
            final byte[] bytes,
            final BitfinexChannels channels,
            final MarketEvent draft,
            final EventHandler out) {
        split();
        if (!cursor.end()) {
            messageNumber = NONE;
            return false;
        }
        if (channelNumber < 0 || tag == Tag.NONE && bytes[payloadStart] != '[') {
            return false;
        }
        draft.connectionSequence = messageNumber;
        draft.type = EventType.IGNORED;
        if (tag == Tag.HEARTBEAT) {
            draft.type = EventType.HEARTBEAT;
            out.onEvent(draft);
            return true;
        }
        final int index = channels.find(channelNumber);
        draft.channel = index < 0 ? Channel.NONE : channels.channel(index);
        if (draft.channel == Channel.NONE || tag == Tag.OTHER) {
            draft.channel = Channel.NONE;
            out.onEvent(draft);
            return true;
        }
        cursor.reset(bytes, payloadStart, payloadLength);
        return data.decode(tag, channels.instrument(index), draft, out);
    }

    /** Finds where the parts lie. */
    private void split() {
        tag = Tag.NONE;
        channelNumber = NONE;
        payloadLength = 0;
        cursor.beginArray();
        int at = 0;
        for (; cursor.nextElement(); at++) {
            if (at == 0) {
                channelNumber = cursor.longValue(NONE);
            } else if (at == 1 && cursor.peek() == '"') {
                tag = cursor.string() ? tag() : Tag.OTHER;
            } else if (payloadLength == 0 && tag != Tag.HEARTBEAT) {
                cursor.peek();
                payloadStart = cursor.position();
                cursor.skip();
                payloadLength = cursor.position() - payloadStart;
            } else if (messageNumber == NONE) {
                messageNumber = cursor.longValue(NONE);
            } else {
                cursor.skip();
            }
        }
        if (payloadLength == 0 && tag != Tag.HEARTBEAT) {
            channelNumber = NONE;
        }
    }

    private Tag tag() {
        if (cursor.stringIs(HB)) {
            return Tag.HEARTBEAT;
        }
        if (cursor.stringIs(CS)) {
            return Tag.CHECKSUM;
        }
        if (cursor.stringIs(TE)) {
            return Tag.EXECUTED;
        }
        return cursor.stringIs(TU) ? Tag.CONFIRMED : Tag.OTHER;
    }
}
