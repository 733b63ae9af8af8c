package io.plumbline.feed.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that were taken of a file, before anything unpacks them. One thread. */
final class CountedInput extends FilterInputStream {
    private long bytes;

    CountedInput(final InputStream in) {
        super(in);
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        final int value = in.read();
        bytes += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(final byte[] into, final int offset, final int length) throws IOException {
        final int count = in.read(into, offset, length);
        bytes += Math.max(0, count);
        return count;
    }

    @Override
    public long skip(final long count) throws IOException {
        final long skipped = in.skip(count);
        bytes += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
