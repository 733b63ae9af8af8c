package io.plumbline.bench.figure;

import io.plumbline.bench.PhaseLines;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A venue that sends book tickers at a fixed rate over loopback, each with the time at which it was
 * to be sent ({@code "z"}, ns of the host's monotonic clock and {@link PhaseLines#MARK}): one that
 * is sent late because the receiver is slow counts as late. What is due at once is written at once.
 * One connection at a time, on the caller's thread.
 */
final class PacedServer implements Closeable {
    /** A rate at which everything is due at once: as fast as the receiver takes it. */
    static final int FLOOD = 1_000_000_000;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MOST_AT_ONCE = 256;

    /** Of a frame. */
    private static final int LONGEST = 256;

    private static final int SETTLING_S = 2;
    private static final int PATIENCE_MS = 60_000;
    private static final int MOST_ASKED = 4_096;
    private static final byte PING = (byte) 0x89;
    private static final byte PONG = (byte) 0x8a;
    private static final byte[] UNASKED_PONG = {PONG, 0};
    private static final int SHORT_MASK = 0x7f;
    private static final int MASKED_HEAD = 6;
    private static final int LONG_HEAD = 4;
    private static final int SHORT_PAYLOAD = 125;
    private static final long SOME_MS = 1_723_160_000_000L;
    private static final byte[] BRACES = ascii("}}");
    private static final byte[] EVENT = ascii(",\"E\":" + SOME_MS);
    private static final byte[] PLAN = ascii(",\"z\":" + PhaseLines.MARK);
    private static final long FIRST_UPDATE = 5_000_000_000_000L;

    /** Behind all that was recorded. */
    private static final long LATER_UPDATE = 6_000_000_000_000L;

    private static final long MILLISECOND_NS = 1_000_000L;

    /** So often it is looked whether the receiver has pinged. */
    private static final long PING_NS = 50_000_000L;

    private static final int UPDATES_PER_MESSAGE = 3;

    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final byte[] frame =
            frame(
                    "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":"
                            + FIRST_UPDATE
                            + ",\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\","
                            + "\"a\":\"61800.30\",\"A\":\"2.510\",\"T\":"
                            + SOME_MS
                            + ",\"E\":"
                            + SOME_MS
                            + ",\"z\":"
                            + PhaseLines.MARK
                            + "}}");
    private final int updateEnd = end("\"u\":");
    private final int tradedEnd = end("\"T\":");
    private final int eventEnd = end("\"E\":");
    private final int planEnd = end("\"z\":");
    private final byte[] due = new byte[MOST_AT_ONCE * LONGEST];
    private final byte[] asked = new byte[MOST_ASKED];
    private final long wallNs = System.currentTimeMillis() * MILLISECOND_NS - System.nanoTime();
    private long update = FIRST_UPDATE;
    private boolean signOfLife;

    PacedServer() throws IOException {
        server.setSoTimeout(PATIENCE_MS);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Where the server lets a feed in. */
    String uri() {
        return "ws://127.0.0.1:" + port();
    }

    /**
     * So many messages at a rate.
     *
     * @param rate a second
     * @param recorded book tickers to send, from the first on; null for such as are made
     */
    record Phase(int rate, long count, Corpus recorded) {
        Phase(final int rate, final long count) {
            this(rate, count, null);
        }

        /**
         * Some seconds at this rate that count for nothing: the compiler throws away what it made
         * for another rate, and on the receiver's core compiling is most of what a message waits
         * for.
         */
        Phase settling() {
            return new Phase(rate, (long) rate * SETTLING_S);
        }

        /** All of a recording. */
        static Phase of(final int rate, final Corpus recorded) {
            return new Phase(rate, recorded.size(), recorded);
        }
    }

    /** Lets one in, sends it all phases, one after the other, and waits until it has gone. */
    void serve(final List<Phase> phases) throws IOException {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            final InputStream in = socket.getInputStream();
            final OutputStream out = socket.getOutputStream();
            final String request = request(in);
            out.write(answer(request));
            final boolean raw = request.startsWith("GET /raw");
            if (!raw) {
                // The SUBSCRIBE of our own feed, whatever it says.
                in.read(asked);
                out.write(frame("{\"result\":null,\"id\":1}"));
            }
            for (int phase = 0; phase < phases.size(); phase++) {
                // While it warms it also gets to know a sign of life, which is another kind of
                // message.
                signOfLife = phase == 0 && !raw;
                send(in, out, phases.get(phase), PhaseLines.MARK + phase * PhaseLines.PHASE);
            }
            while (in.read() >= 0) {
                continue;
            }
        }
    }

    private void send(
            final InputStream in, final OutputStream out, final Phase phase, final long mark)
            throws IOException {
        final double everyNs = (double) SECOND_NS / phase.rate;
        final long startNs = System.nanoTime() + SECOND_NS / 5;
        long lookNs = startNs;
        for (long sent = 0; sent < phase.count; ) {
            final long nowNs = System.nanoTime();
            if (nowNs >= lookNs) {
                answerPings(in, out);
                if (signOfLife) {
                    out.write(UNASKED_PONG);
                }
                lookNs = nowNs + PING_NS;
            }
            int length = 0;
            while (length + LONGEST <= due.length && sent < phase.count) {
                final long planNs = startNs + (long) (sent * everyNs);
                if (planNs > nowNs) {
                    break;
                }
                if (phase.recorded == null) {
                    message(planNs, mark, length);
                    length += frame.length;
                } else {
                    length = recorded(phase.recorded, (int) sent, planNs, mark, length);
                }
                sent++;
            }
            if (length == 0) {
                Thread.onSpinWait();
            } else {
                out.write(due, 0, length);
            }
        }
        if (phase.recorded != null) {
            update = LATER_UPDATE;
        }
    }

    /** A recorded message with the times of now, and its planned one; where it ends. */
    private int recorded(
            final Corpus corpus,
            final int number,
            final long planNs,
            final long mark,
            final int at) {
        final int kept = corpus.lengths[number] - BRACES.length;
        final int length = kept + PLAN.length + BRACES.length;
        if (LONG_HEAD + length > LONGEST) {
            throw new IllegalArgumentException(
                    "message " + number + " of " + corpus.name + " is longer than a book ticker");
        }
        int to = head(due, at, length);
        System.arraycopy(corpus.bytes, corpus.offsets[number], due, to, kept);
        to += kept;
        // As recorded: "T":<ms>,"E":<ms> at the end.
        digits(wallMs(planNs), to);
        digits(wallMs(planNs), to - EVENT.length);
        System.arraycopy(PLAN, 0, due, to, PLAN.length);
        to += PLAN.length;
        digits(mark + planNs % PhaseLines.PHASE, to);
        System.arraycopy(BRACES, 0, due, to, BRACES.length);
        return to + BRACES.length;
    }

    private void message(final long planNs, final long mark, final int at) {
        update += UPDATES_PER_MESSAGE;
        final long timeMs = wallMs(planNs);
        System.arraycopy(frame, 0, due, at, frame.length);
        digits(update, at + updateEnd);
        digits(timeMs, at + tradedEnd);
        digits(timeMs, at + eventEnd);
        digits(mark + planNs % PhaseLines.PHASE, at + planEnd);
    }

    private long wallMs(final long nanoTime) {
        return (nanoTime + wallNs) / MILLISECOND_NS;
    }

    /** Answers every ping that has come, each a frame without a payload or with a short one. */
    private void answerPings(final InputStream in, final OutputStream out) throws IOException {
        if (in.available() > 0) {
            final int read = in.read(asked);
            for (int at = 0; at + MASKED_HEAD <= read; ) {
                final int length = asked[at + 1] & SHORT_MASK;
                if (asked[at] == PING) {
                    final byte[] pong = new byte[2 + length];
                    pong[0] = PONG;
                    pong[1] = (byte) length;
                    for (int i = 0; i < length; i++) {
                        pong[2 + i] = (byte) (asked[at + MASKED_HEAD + i] ^ asked[at + 2 + i % 4]);
                    }
                    out.write(pong);
                }
                at += MASKED_HEAD + length;
            }
        }
    }

    /** Writes a number that ends before {@code end}. */
    private void digits(final long number, final int end) {
        int at = end;
        for (long rest = number; rest > 0; rest /= 10) {
            due[--at] = (byte) ('0' + rest % 10);
        }
    }

    /** Where the number after this key ends in {@link #frame}. */
    private int end(final String key) {
        int at = new String(frame, StandardCharsets.ISO_8859_1).indexOf(key) + key.length();
        while (frame[at] >= '0' && frame[at] <= '9') {
            at++;
        }
        return at;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] frame(final String text) {
        final byte[] payload = ascii(text);
        final byte[] frame = new byte[LONG_HEAD + payload.length];
        final int at = head(frame, 0, payload.length);
        System.arraycopy(payload, 0, frame, at, payload.length);
        return Arrays.copyOf(frame, at + payload.length);
    }

    /** Writes what goes before a payload of so many bytes; where that begins. */
    private static int head(final byte[] out, final int from, final int length) {
        int at = from;
        out[at++] = (byte) 0x81;
        if (length <= SHORT_PAYLOAD) {
            out[at++] = (byte) length;
        } else {
            out[at++] = 126;
            out[at++] = (byte) (length >>> 8);
            out[at++] = (byte) length;
        }
        return at;
    }

    private static String request(final InputStream in) throws IOException {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            final int c = in.read();
            if (c < 0) {
                throw new IOException("the client left before the upgrade");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static byte[] answer(final String request) throws IOException {
        final String name = "sec-websocket-key:";
        final String lower = request.toLowerCase(java.util.Locale.ROOT);
        final int at = lower.indexOf(name) + name.length();
        final String key = request.substring(at, request.indexOf('\r', at)).strip();
        try {
            final byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return ("HTTP/1.1 101 Switching Protocols\r\n"
                            + "Upgrade: websocket\r\n"
                            + "Connection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(hash)
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (final NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
