package io.plumbline.feed.capture;

import java.nio.charset.StandardCharsets;

/** One thing that a recording tells: a reused view, valid until the reader's next call. */
public final class CaptureRecord {
    /** What happened. */
    public enum Kind {
        /** A message was received. */
        FRAME,
        /** A connection was made to {@link #url}. */
        CONNECT,
        /** A connection was lost. */
        DISCONNECT,
        /** The client sent a message. */
        SENT,
        /** {@link #url} answered over HTTP (snapshots, lists of instruments). */
        HTTP
    }

    public Kind kind;

    /** When, ns since the epoch, exactly as far as the recording says it. */
    public long stampNs;

    /** The recorder's name for the connection, "" where the format names none. */
    public String connection;

    /** The address, "" where the record carries none. */
    public String url;

    /** The payload is {@code bytes[offset, offset + length)}; empty for connection changes. */
    public byte[] bytes;

    public int offset;
    public int length;

    CaptureRecord set(
            final Kind kind,
            final long stampNs,
            final String connection,
            final String url,
            final byte[] bytes,
            final int offset,
            final int length) {
        this.kind = kind;
        this.stampNs = stampNs;
        this.connection = connection;
        this.url = url;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        return this;
    }

    /** The payload as text: cold paths and tests. */
    public String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
