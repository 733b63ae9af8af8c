package io.plumbline.journal;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads a journal from end to end and says what is in it. */
public final class JournalVerifier {
    /**
     * What is in a journal.
     *
     * @param records without the prelude of each segment
     * @param firstStampNs the earliest stamp, or 0 when there is no record
     * @param lastStampNs the latest stamp, or 0
     * @param dropped messages that the ring dropped before they could be recorded
     * @param types records by type, prelude included
     * @param damages the first ones
     * @param damageCount all of them
     */
    public record Summary(
            int segments,
            long records,
            long bytes,
            long firstStampNs,
            long lastStampNs,
            long dropped,
            Map<InboundType, Long> types,
            List<Damage> damages,
            long damageCount) {}

    private JournalVerifier() {}

    /**
     * @throws IOException when there is nothing to read at one of {@code files}
     */
    public static Summary verify(final Path... files) throws IOException {
        try (JournalReader reader = JournalReader.open(files)) {
            final InboundMessage message = new InboundMessage();
            final long[] types = new long[InboundType.values().length];
            long records = 0;
            long dropped = 0;
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            while (reader.next(message)) {
                types[message.type.ordinal()]++;
                if (reader.sequence() > 0) {
                    records++;
                    dropped += message.droppedBefore;
                    first = Math.min(first, message.stampNs);
                    last = Math.max(last, message.stampNs);
                }
            }
            return new Summary(
                    reader.segments().size(),
                    records,
                    reader.totalBytes(),
                    records == 0 ? 0 : first,
                    records == 0 ? 0 : last,
                    dropped,
                    byType(types),
                    reader.damages(),
                    reader.damageCount());
        }
    }

    private static Map<InboundType, Long> byType(final long[] counts) {
        final Map<InboundType, Long> types = new EnumMap<>(InboundType.class);
        for (final InboundType type : InboundType.values()) {
            if (counts[type.ordinal()] > 0) {
                types.put(type, counts[type.ordinal()]);
            }
        }
        return Collections.unmodifiableMap(types);
    }
}
