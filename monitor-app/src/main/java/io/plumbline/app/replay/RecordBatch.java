package io.plumbline.app.replay;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.journal.Damage;
import io.plumbline.market.EightBytes;
import io.plumbline.market.MarketEvent;
import java.util.Arrays;
import java.util.List;

/**
 * Records of a journal on their way from the thread that reads to the one that judges, with what
 * was known of the journal at each of them. Owned by one of the two at a time.
 */
final class RecordBatch {
    private static final int RECORDS = 64;
    private static final int USUAL_BYTES = 1 << 16;

    private final InboundMessage[] messages = new InboundMessage[RECORDS];
    private final MarketEvent[] events = new MarketEvent[RECORDS];
    private final boolean[] decoded = new boolean[RECORDS];
    private final long[] sequences = new long[RECORDS];
    private final long[] damageCounts = new long[RECORDS];
    private byte[] slab = new byte[USUAL_BYTES];
    private int used;
    private int size;

    /** What was found damaged up to the end of the batch. */
    List<Damage> damages = List.of();

    /** Bytes of the journal behind the reader at the end of the batch. */
    long bytesRead;

    /** Nothing comes after it. */
    boolean last;

    /** Why nothing comes after it; null for the end of the journal. */
    Throwable failure;

    RecordBatch() {
        Arrays.setAll(messages, i -> new InboundMessage());
    }

    /** Empties it; room that one long record took is given back. */
    void clear() {
        size = 0;
        used = 0;
        if (slab.length > USUAL_BYTES) {
            slab = new byte[USUAL_BYTES];
        }
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == RECORDS || used > USUAL_BYTES / 2;
    }

    /** Keeps a copy of a record. */
    InboundMessage add(final InboundMessage record, final long sequence, final long damagesBefore) {
        final int needed = record.length + EightBytes.SLACK;
        if (slab.length - used < needed) {
            // What was laid down before keeps the array that it lies in.
            slab = new byte[Math.max(needed, USUAL_BYTES)];
            used = 0;
        }
        System.arraycopy(record.bytes, record.offset, slab, used, record.length);
        final InboundMessage message =
                messages[size].set(
                        record.type,
                        record.source,
                        record.epoch,
                        record.droppedBefore,
                        record.stampNs,
                        slab,
                        used,
                        record.length);
        used += record.length;
        sequences[size] = sequence;
        damageCounts[size] = damagesBefore;
        decoded[size] = false;
        size++;
        return message;
    }

    /** Where the event of the record just added is decoded to. */
    MarketEvent draft() {
        if (events[size - 1] == null) {
            events[size - 1] = new MarketEvent();
        }
        return events[size - 1];
    }

    /** The draft holds the only event of the record just added. */
    void decoded() {
        decoded[size - 1] = true;
    }

    InboundMessage message(final int index) {
        return messages[index];
    }

    long sequence(final int index) {
        return sequences[index];
    }

    /** The only event of a record, or null where it is still to be decoded. */
    MarketEvent event(final int index) {
        return decoded[index] ? events[index] : null;
    }

    /** What was found damaged up to this record. */
    List<Damage> damages(final int index) {
        return damages.subList(0, (int) Math.min(damages.size(), damageCounts[index]));
    }
}
