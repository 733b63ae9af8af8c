package io.plumbline.feed.redis;

import java.io.StreamCorruptedException;

/**
 * Takes the replication stream apart as it comes, wherever it is split: RESP arrays of bulk
 * strings, with the exact offset behind each. What is not that throws; nothing is guessed, because
 * an offset that is wrong by one byte would resume in the middle of a command. Push thread only.
 */
final class ReplicationParser {
    /** As much as Redis itself takes ({@code proto-max-bulk-len}). */
    static final long LONGEST_BULK = 512L * 1_024 * 1_024;

    static final long MOST_PARTS = 1_024L * 1_024;

    private static final int LONGEST_NUMBER = 10;

    /** As many digits as {@link #whole} reads: enough for what a command keeps. */
    private static final int SHORT_NUMBER = 5;

    /** Who takes the commands. */
    interface Sink {
        /**
         * @param command valid until this returns
         * @param endOffset bytes of the stream up to and with this command
         */
        void onCommand(ReplicatedCommand command, long endOffset);
    }

    /** What the next byte belongs to. */
    private enum Expect {
        ARRAY,
        ARRAY_SIZE,
        ARRAY_SIZE_END,
        BULK,
        BULK_LENGTH,
        BULK_LENGTH_END,
        BULK_BYTES,
        BULK_END,
        BULK_END_LINE
    }

    private final ReplicatedCommand command = new ReplicatedCommand();
    private Expect expect = Expect.ARRAY;
    private long offset;
    private long number;
    private int digits;
    private long partsLeft;
    private long bytesLeft;
    private boolean kept;

    /**
     * @param offset the offset of the last byte that was read before
     */
    ReplicationParser(final long offset) {
        this.offset = offset;
    }

    /** Bytes of the stream that were taken so far. */
    long offset() {
        return offset;
    }

    /** Takes {@code bytes[from, to)}. */
    void take(final byte[] bytes, final int from, final int to, final Sink sink)
            throws StreamCorruptedException {
        int at = from;
        while (at < to) {
            final int next = expect == Expect.ARRAY ? whole(bytes, at, to, sink) : at;
            if (next > at) {
                at = next;
            } else if (expect == Expect.BULK_BYTES) {
                final int length = (int) Math.min(bytesLeft, to - at);
                if (kept) {
                    command.put(bytes, at, length);
                }
                at += length;
                offset += length;
                bytesLeft -= length;
                if (bytesLeft == 0) {
                    expect = Expect.BULK_END;
                }
            } else {
                final byte each = bytes[at];
                at++;
                offset++;
                take(each, sink);
            }
        }
    }

    /**
     * Takes a command that lies in {@code bytes[from, to)} with both its ends, as nearly all do,
     * and copies nothing of it.
     *
     * @return where it ends; {@code from} where it is cut, large or not what Redis sends: it is
     *     walked byte by byte then
     */
    private int whole(final byte[] bytes, final int from, final int to, final Sink sink) {
        int at = bytes[from] == '*' ? size(bytes, from + 1, to) : -1;
        final int parts = (int) number;
        if (at < 0 || parts == 0 || parts > ReplicatedCommand.MOST_ARGUMENTS) {
            return from;
        }
        command.within(bytes, parts);
        for (int i = 0; i < parts; i++) {
            at = at < to && bytes[at] == '$' ? size(bytes, at + 1, to) : -1;
            final int length = (int) number;
            final int end = at + length;
            if (at < 0
                    || length > ReplicatedCommand.LONGEST_ARGUMENT
                    || end - from > ReplicatedCommand.MOST_BYTES
                    || !isLineEnd(bytes, end, to)) {
                return from;
            }
            command.part(at, length);
            at = end + 2;
        }
        offset += at - from;
        sink.onCommand(command, offset);
        return at;
    }

    /** Reads a size and its line end into {@link #number}; returns what follows, -1 for neither. */
    private int size(final byte[] bytes, final int from, final int to) {
        final int most = Math.min(to, from + SHORT_NUMBER);
        int value = 0;
        int at = from;
        while (at < most && bytes[at] >= '0' && bytes[at] <= '9') {
            value = 10 * value + bytes[at] - '0';
            at++;
        }
        number = value;
        return at > from && isLineEnd(bytes, at, to) ? at + 2 : -1;
    }

    private static boolean isLineEnd(final byte[] bytes, final int at, final int to) {
        return at + 1 < to && bytes[at] == '\r' && bytes[at + 1] == '\n';
    }

    private void take(final byte next, final Sink sink) throws StreamCorruptedException {
        switch (expect) {
            case ARRAY:
                if (next == '*') {
                    begin(Expect.ARRAY_SIZE);
                } else if (next != '\n') {
                    throw corrupt("a command must begin with '*'", next);
                }
                break;
            case ARRAY_SIZE:
                number(next, MOST_PARTS, Expect.ARRAY_SIZE_END);
                break;
            case ARRAY_SIZE_END:
                newline(next);
                partsLeft = number;
                command.begin((int) number);
                expect = partsLeft == 0 ? Expect.ARRAY : Expect.BULK;
                break;
            case BULK:
                if (next != '$') {
                    throw corrupt("an argument must begin with '$'", next);
                }
                begin(Expect.BULK_LENGTH);
                break;
            case BULK_LENGTH:
                number(next, LONGEST_BULK, Expect.BULK_LENGTH_END);
                break;
            case BULK_LENGTH_END:
                newline(next);
                bytesLeft = number;
                kept = command.next((int) number);
                expect = bytesLeft == 0 ? Expect.BULK_END : Expect.BULK_BYTES;
                break;
            case BULK_END:
                if (next != '\r') {
                    throw corrupt("an argument must end with CR LF", next);
                }
                expect = Expect.BULK_END_LINE;
                break;
            case BULK_END_LINE:
                newline(next);
                partsLeft--;
                expect = partsLeft == 0 ? Expect.ARRAY : Expect.BULK;
                if (partsLeft == 0) {
                    sink.onCommand(command, offset);
                }
                break;
            default:
                throw new IllegalStateException(expect.name());
        }
    }

    private void begin(final Expect next) {
        number = 0;
        digits = 0;
        expect = next;
    }

    private void number(final byte next, final long most, final Expect then)
            throws StreamCorruptedException {
        if (next == '\r' && digits > 0) {
            expect = then;
            return;
        }
        final int digit = next - '0';
        if (digit < 0 || digit > 9 || digits == LONGEST_NUMBER) {
            throw corrupt("a length must be a short number", next);
        }
        digits++;
        number = 10 * number + digit;
        if (number > most) {
            throw corrupt("a length of more than " + most, next);
        }
    }

    private void newline(final byte next) throws StreamCorruptedException {
        if (next != '\n') {
            throw corrupt("CR without LF", next);
        }
    }

    private StreamCorruptedException corrupt(final String why, final byte next) {
        return new StreamCorruptedException(
                "the replication stream is not what Redis sends, at offset "
                        + offset
                        + ": "
                        + why
                        + ", found byte "
                        + (next & 0xff));
    }
}
