package io.plumbline.app.replay;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.Threads;
import io.plumbline.journal.Damage;
import io.plumbline.journal.JournalReader;
import io.plumbline.market.MarketEvent;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A journal that a thread of its own reads, checks and decodes ahead, while the caller judges. The
 * caller sees what it would see of the {@link JournalReader}, record by record: the order, the
 * sequences, the damages found so far.
 *
 * <pre>
 *              ┌───── filled, in order ────▶┐
 *   reader thread                           caller (replay thread)
 *              └◀──── free, at most 8 ──────┘
 * </pre>
 *
 * <p>When the caller is slower, the reader waits for a free batch; so memory stays bounded.
 */
final class JournalAhead implements Closeable {
    private static final int BATCHES = 8;

    /** A batch is judged in some 20 us: soon enough to look again before going to sleep. */
    private static final int LOOKS = 64;

    private final JournalReader reader;
    private final Threads threads;
    private final BlockingQueue<RecordBatch> free = new ArrayBlockingQueue<>(BATCHES + 1);
    private final BlockingQueue<RecordBatch> filled = new ArrayBlockingQueue<>(BATCHES + 1);
    private volatile DecodeAhead decoding;
    private volatile boolean closed;

    // The reader thread's.
    private final InboundMessage record = new InboundMessage();
    private int run = 1;
    private long lastSequence;
    private long damageCount;
    private List<Damage> damages = List.of();

    // The caller's.
    private Thread thread;
    private RecordBatch batch = new RecordBatch();
    private int at;

    /**
     * @param threads makes the thread, with the first record that is asked for
     */
    JournalAhead(final JournalReader reader, final Threads threads) {
        this.reader = reader;
        this.threads = threads;
    }

    /** From where the reader is now on, frames of one run are decoded too. */
    void decode(final DecodeAhead by) {
        decoding = by;
    }

    /**
     * Shows the next record; its bytes and its event stay valid until the next call.
     *
     * @return false at the end of the journal
     */
    boolean next(final InboundMessage into) throws IOException {
        if (thread == null) {
            for (int i = 0; i < BATCHES; i++) {
                free.add(new RecordBatch());
            }
            thread = threads.start("replay-reader", this::read);
        }
        at++;
        while (at >= batch.size()) {
            if (batch.last) {
                at = batch.size();
                failed(batch.failure);
                return false;
            }
            final RecordBatch judged = batch;
            batch = take(filled);
            free.add(judged);
            at = 0;
        }
        final InboundMessage message = batch.message(at);
        into.set(
                message.type,
                message.source,
                message.epoch,
                message.droppedBefore,
                message.stampNs,
                message.bytes,
                message.offset,
                message.length);
        return true;
    }

    private static void failed(final Throwable failure) {
        if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        }
        if (failure instanceof Error) {
            throw (Error) failure;
        }
    }

    /** Number in its run of the record shown last; 0 for prelude. */
    long sequence() {
        return batch.sequence(at);
    }

    /** The only event of the record shown last, or null where it is still to be decoded. */
    MarketEvent event() {
        return batch.event(at);
    }

    /** What was found damaged up to the record shown last. */
    List<Damage> damages() {
        return at < batch.size() ? batch.damages(at) : batch.damages;
    }

    /** Bytes behind the batch that is judged. */
    long bytesRead() {
        return batch.bytesRead;
    }

    long totalBytes() {
        return reader.totalBytes();
    }

    private static RecordBatch take(final BlockingQueue<RecordBatch> queue) throws IOException {
        RecordBatch next = queue.poll();
        for (int i = 0; next == null && i < LOOKS; i++) {
            Thread.yield();
            next = queue.poll();
        }
        try {
            return next == null ? queue.take() : next;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** The reader thread, until the end of the journal or {@link #close}. */
    private void read() {
        try {
            boolean more = true;
            while (more) {
                final RecordBatch into = take(free);
                if (closed) {
                    return;
                }
                into.clear();
                more = fill(into);
                filled.add(into);
            }
        } catch (final IOException e) {
            end(new IllegalStateException("the reader of the journal was interrupted", e));
        }
    }

    private boolean fill(final RecordBatch into) {
        try {
            while (!into.isFull() && !closed) {
                if (!reader.next(record)) {
                    into.last = true;
                    break;
                }
                add(into);
            }
        } catch (final RuntimeException | Error e) {
            into.last = true;
            into.failure = e;
        }
        noteDamages();
        into.damages = damages;
        into.bytesRead = reader.bytesRead();
        return !into.last;
    }

    private void add(final RecordBatch into) {
        final long sequence = reader.sequence();
        if (sequence > 0) {
            // As JournalTape tells runs apart.
            run += sequence <= lastSequence ? 1 : 0;
            lastSequence = sequence;
        }
        final InboundMessage added = into.add(record, sequence, reader.damageCount());
        final DecodeAhead by = decoding;
        if (by != null) {
            by.decode(run, added, into);
        }
    }

    private void noteDamages() {
        if (reader.damageCount() != damageCount) {
            damageCount = reader.damageCount();
            damages = reader.damages();
        }
    }

    private void end(final Throwable why) {
        final RecordBatch over = new RecordBatch();
        over.last = true;
        over.failure = why;
        over.damages = damages;
        filled.add(over);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (thread != null) {
            free.add(batch);
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        reader.close();
    }
}
