package io.plumbline.feed.capture;

/** Reads the lines of one format. Keeps what later lines build on; never throws for content. */
interface CaptureLine {
    /** What a line was. */
    enum Outcome {
        RECORD,
        /** Legal, and nothing that was received: a header, padding. */
        NOTHING,
        UNREADABLE
    }

    /** Reads {@code bytes[from, to)}; the record's payload may be a slice of it. */
    Outcome read(byte[] bytes, int from, int to, CaptureRecord out);

    /** What the recorder said of itself, "" where it says nothing (yet). */
    default String header() {
        return "";
    }

    /**
     * Whether a line of unknown format is one of this: only its beginning counts, {@code to} may
     * cut it short.
     */
    boolean recognises(byte[] bytes, int from, int to);
}
