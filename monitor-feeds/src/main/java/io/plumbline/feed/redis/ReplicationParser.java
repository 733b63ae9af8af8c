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
            if (expect == Expect.BULK_BYTES) {
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
                final byte next = bytes[at];
                at++;
                offset++;
                take(next, sink);
            }
        }
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
