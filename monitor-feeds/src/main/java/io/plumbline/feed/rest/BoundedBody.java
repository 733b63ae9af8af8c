package io.plumbline.feed.rest;

import io.plumbline.time.EpochNanoClock;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A peer's answer that ends where it was announced to end, and with an error when it ends before,
 * grows too long or drips too slowly. A peer may leave the connection open after the last byte: the
 * end is not waited for.
 */
final class BoundedBody extends FilterInputStream {
    private static final int SKIPPED_BYTES = 8_192;

    private final long announcedBytes;
    private final long maxBytes;
    private final long deadlineNs;
    private final EpochNanoClock clock;
    private long read;

    /**
     * @param announcedBytes the length that the peer gave, or -1 where it gave none
     * @param maxBytes the most that is read
     * @param deadlineNs when it must have ended, ns since the epoch
     */
    BoundedBody(
            final InputStream body,
            final long announcedBytes,
            final long maxBytes,
            final long deadlineNs,
            final EpochNanoClock clock) {
        super(body);
        this.announcedBytes = announcedBytes;
        this.maxBytes = maxBytes;
        this.deadlineNs = deadlineNs;
        this.clock = clock;
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
        if (read == announcedBytes) {
            return -1;
        }
        final int wanted =
                announcedBytes < 0 ? length : (int) Math.min(length, announcedBytes - read);
        final int count = super.read(bytes, offset, wanted);
        if (count < 0 && announcedBytes >= 0) {
            throw new IOException("the answer ended after " + read + " of " + announcedBytes);
        }
        read += Math.max(0, count);
        if (read > maxBytes) {
            throw new IOException("the answer is longer than " + maxBytes + " bytes");
        }
        if (clock.epochNanos() >= deadlineNs) {
            throw new IOException("the answer did not end in time, after " + read + " bytes");
        }
        return count;
    }

    /** Nothing may pass uncounted. */
    @Override
    public long skip(final long count) throws IOException {
        final byte[] skipped = new byte[(int) Math.max(0, Math.min(count, SKIPPED_BYTES))];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
