package io.plumbline.bench.figure;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Messages of one venue side by side in one array, as they would lie in the ring. */
final class Corpus {
    final String name;
    final Venue venue;
    final byte[] bytes;
    final int[] offsets;
    final int[] lengths;
    final Instruments instruments = new Instruments();

    Corpus(final String name, final String venue, final List<byte[]> messages) {
        this.name = name;
        this.venue = Venues.find(venue);
        offsets = new int[messages.size()];
        lengths = new int[messages.size()];
        int all = 0;
        for (final byte[] message : messages) {
            all += message.length;
        }
        bytes = new byte[all];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            lengths[i] = messages.get(i).length;
            System.arraycopy(messages.get(i), 0, bytes, at, lengths[i]);
            at += lengths[i];
        }
        learn();
    }

    /** The frames of a recording, the first {@code most} that {@code wanted} takes. */
    static Corpus recorded(
            final String name,
            final String venue,
            final Path file,
            final int most,
            final Predicate<String> wanted)
            throws IOException {
        final List<byte[]> messages = new ArrayList<>();
        try (CaptureReader reader = Captures.open(file)) {
            final CaptureRecord record = new CaptureRecord();
            while (messages.size() < most && reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.FRAME && wanted.test(record.text())) {
                    messages.add(
                            Arrays.copyOfRange(
                                    record.bytes, record.offset, record.offset + record.length));
                }
            }
        }
        return new Corpus(name, venue, messages);
    }

    /** Every symbol that occurs, so that nothing is passed over. */
    private void learn() {
        final MessageDecoder first =
                venue.decoder(
                        instruments,
                        (of, symbol) -> instruments.add(of, venue.toSymbol(symbol), symbol));
        final Fields fields = new Fields();
        fields.read(this, first);
    }

    int size() {
        return offsets.length;
    }

    /** Bytes of all messages. */
    long length() {
        return bytes.length;
    }

    MessageDecoder decoder() {
        return venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
    }

    void show(final int index, final InboundMessage message) {
        message.set(InboundType.FRAME_TEXT, 2, 1, 0, index, bytes, offsets[index], lengths[index]);
    }

    /** For the reader in C: see decode.c. */
    Path write(final Path file) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(
                        new java.io.BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(Integer.reverseBytes(instruments.size()));
            for (int id = 0; id < instruments.size(); id++) {
                final byte[] symbol =
                        instruments
                                .instrument(id)
                                .venueSymbol()
                                .getBytes(StandardCharsets.US_ASCII);
                out.writeInt(Integer.reverseBytes(symbol.length));
                out.write(symbol);
            }
            out.writeInt(Integer.reverseBytes(size()));
            for (int i = 0; i < size(); i++) {
                out.writeInt(Integer.reverseBytes(lengths[i]));
                out.write(bytes, offsets[i], lengths[i]);
            }
        }
        return file;
    }
}
