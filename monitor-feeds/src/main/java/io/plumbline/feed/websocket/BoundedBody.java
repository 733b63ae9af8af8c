package io.plumbline.feed.websocket;

import io.plumbline.time.EpochNanoClock;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A peer's answer that ends with an error when it grows too long or drips too slowly. */
final class BoundedBody extends FilterInputStream {
    private final long maxBytes;
    private final long deadlineNs;
    private final EpochNanoClock clock;
    private long read;

    BoundedBody(
            final InputStream body,
            final long maxBytes,
            final long deadlineNs,
            final EpochNanoClock clock) {
        super(body);
        this.maxBytes = maxBytes;
        this.deadlineNs = deadlineNs;
        this.clock = clock;
    }

    @Override
    public int read() throws IOException {
        final int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
        final int count = super.read(bytes, offset, length);
        count(Math.max(0, count));
        return count;
    }

    @Override
    public long skip(final long count) throws IOException {
        final long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(final long bytes) throws IOException {
        read += bytes;
        if (read > maxBytes) {
            throw new IOException("the answer is longer than " + maxBytes + " bytes");
        }
        if (clock.epochNanos() >= deadlineNs) {
            throw new IOException("the answer did not end in time, after " + read + " bytes");
        }
    }
}
