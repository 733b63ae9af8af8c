package io.plumbline.feed.provider;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import io.plumbline.feed.venue.FrameText;
import io.plumbline.market.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A provider's side of a connection, by its description. What tells control messages from data may
 * stand anywhere in a text, so texts are read to their end; nothing is allocated for data and signs
 * of life.
 */
abstract class ConfiguredDialogue implements Dialogue {
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");
    private static final Control UNKNOWN = new Control(Kind.OTHER, -1, "not described");
    private static final String SYMBOL = "{symbol}";
    private static final String SYMBOLS = "{symbols}";
    private static final String ID = "{id}";
    private static final int FIRST_ROOM = 1_024;

    private final ProviderSpec.Talk talk;
    private final JsonCursor cursor = new JsonCursor();
    private final Set<String> silent = new HashSet<>();
    private byte[] bytes = new byte[FIRST_ROOM];
    private int length;
    final JsonShape text = new JsonShape();
    private final ControlText control;

    private ConfiguredDialogue(final ProviderSpec.Talk talk) {
        this.talk = talk;
        this.control = new ControlText(talk, text);
    }

    static Dialogue of(final ProviderSpec spec) {
        return spec.format() instanceof JsonFormat json
                ? new Texts(json, spec.talk())
                : new Frames((BinaryFormat) spec.format(), spec.talk());
    }

    /** How a stream is called: one channel of one symbol. */
    static String stream(final Channel channel, final String venueSymbol) {
        return channel.label() + ':' + venueSymbol;
    }

    /** Of a provider whose data are texts too. */
    private static final class Texts extends ConfiguredDialogue {
        private final JsonMessage[] messages;

        Texts(final JsonFormat format, final ProviderSpec.Talk talk) {
            super(talk);
            messages = JsonFeedDecoder.compile(format.messages(), text);
        }

        @Override
        public Control control(final ByteBuffer message) {
            final int length = take(message);
            final Control told = readText(length, message);
            if (told != null) {
                return told;
            }
            for (final JsonMessage kind : messages) {
                if (kind.matches()) {
                    return null;
                }
            }
            return UNKNOWN;
        }

        @Override
        public String streamOf(final ByteBuffer head) {
            readText(take(head), head);
            for (final JsonMessage kind : messages) {
                final String stream = kind.matches() ? shown(kind) : null;
                if (stream != null) {
                    return stream;
                }
            }
            return null;
        }

        private String shown(final JsonMessage kind) {
            if (!kind.isList()) {
                return shown(kind.channel, kind.symbolText());
            }
            String stream = null;
            if (kind.begin()) {
                while (stream == null && kind.next()) {
                    stream = shown(kind.channel, kind.symbolText());
                }
            }
            return stream;
        }
    }

    /** Of a provider whose data are frames of a fixed layout. */
    private static final class Frames extends ConfiguredDialogue {
        private final BinaryFormat format;
        private final BinaryRecords records;
        private final BinaryMessage[] messages;

        Frames(final BinaryFormat format, final ProviderSpec.Talk talk) {
            super(talk);
            this.format = format;
            this.records = new BinaryRecords(format);
            this.messages =
                    format.messages().stream()
                            .map(BinaryMessage::new)
                            .toArray(BinaryMessage[]::new);
        }

        @Override
        public Control control(final ByteBuffer message) {
            final int length = take(message);
            final Control told = readText(length, message);
            if (told != null || isText()) {
                return told == null ? UNKNOWN : told;
            }
            records.begin(bytes(), 0, length);
            final boolean header = format.type() != null && format.type().inHeader();
            if (header && records.whole() && isHeartbeat(records.bits(format.type()))) {
                return SIGN_OF_LIFE;
            }
            boolean heartbeat = false;
            while (records.next()) {
                final long type = type();
                heartbeat |= isHeartbeat(type);
                for (final BinaryMessage kind : messages) {
                    if (kind.when == type) {
                        return null;
                    }
                }
            }
            return heartbeat ? SIGN_OF_LIFE : UNKNOWN;
        }

        private long type() {
            return format.type() == null ? 0 : records.bits(format.type());
        }

        private boolean isHeartbeat(final long type) {
            return format.type() != null
                    && format.heartbeat() != null
                    && format.heartbeat() == type;
        }

        @Override
        public String streamOf(final ByteBuffer head) {
            final int length = take(head);
            records.begin(bytes(), 0, length);
            while (records.next()) {
                final long type = type();
                for (final BinaryMessage kind : messages) {
                    final String stream =
                            kind.when == type
                                    ? shown(
                                            kind.channel,
                                            kind.symbolText(
                                                    bytes(), 0, records.start(), records.length()))
                                    : null;
                    if (stream != null) {
                        return stream;
                    }
                }
            }
            return null;
        }
    }

    @Override
    public List<Request> requests(final List<String> streams) {
        silent.addAll(streams);
        final Map<String, Set<Channel>> symbols = new LinkedHashMap<>();
        for (final String stream : streams) {
            final int colon = stream.indexOf(':');
            symbols.computeIfAbsent(stream.substring(colon + 1), symbol -> new HashSet<>())
                    .add(Channel.ofLabel(stream.substring(0, colon)));
        }
        final List<Request> requests = new ArrayList<>();
        for (final ProviderSpec.Ask ask : talk.asks()) {
            final List<String> wanted = new ArrayList<>();
            symbols.forEach(
                    (symbol, channels) -> {
                        if (ask.channels().isEmpty()
                                || ask.channels().stream().anyMatch(channels::contains)) {
                            wanted.add(symbol);
                        }
                    });
            if (ask.text().contains(SYMBOL)) {
                wanted.forEach(symbol -> add(requests, ask, List.of(symbol)));
            } else if (!wanted.isEmpty()) {
                add(requests, ask, wanted);
            }
        }
        return requests;
    }

    private void add(
            final List<Request> requests, final ProviderSpec.Ask ask, final List<String> symbols) {
        final String quoted = FrameText.quoted(new StringBuilder(), symbols.get(0)).toString();
        final String text =
                ask.text()
                        .replace(SYMBOLS, FrameText.list(new StringBuilder(), symbols))
                        .replace(SYMBOL, quoted.substring(1, quoted.length() - 1))
                        .replace(ID, Integer.toString(FIRST_ID + requests.size()));
        final boolean answered = ask.answered() && (talk.ack() != null || talk.error() != null);
        requests.add(new Request(text, answered ? 1 : 0, false));
    }

    @Override
    public String ping() {
        return talk.ping();
    }

    /** Takes a copy of the message, into room that is used again; answers its length. */
    final int take(final ByteBuffer message) {
        length = message.remaining();
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, bytes.length * 2)];
        }
        message.get(message.position(), bytes, 0, length);
        return length;
    }

    final byte[] bytes() {
        return bytes;
    }

    /** Whether what was taken begins like JSON and is JSON. */
    final boolean isText() {
        return length > 0 && bytes[0] == '{' && !cursor.failed();
    }

    /** Reads what was taken as a text: what it says of the connection, or null. */
    final Control readText(final int size, final ByteBuffer message) {
        cursor.reset(bytes, 0, size);
        text.read(cursor, bytes);
        if (!cursor.end()) {
            return null;
        }
        final Kind kind = control.kind();
        if (kind == null) {
            return null;
        }
        if (kind == Kind.HEARTBEAT) {
            return SIGN_OF_LIFE;
        }
        final int id = control.id(kind);
        if (kind == Kind.ACK) {
            return new Control(kind, id, "");
        }
        final String reason = control.reason();
        return new Control(kind, id, reason.isEmpty() ? FrameText.shown(message) : reason);
    }

    /** The stream, where it has not been seen to bring data before; else null. */
    final String shown(final Channel channel, final String symbol) {
        final String stream = stream(channel, symbol);
        return silent.remove(stream) ? stream : null;
    }
}
