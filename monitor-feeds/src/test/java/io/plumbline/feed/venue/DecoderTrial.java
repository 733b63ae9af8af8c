package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * What a venue's decoder and dialogue of text messages cost and endure: no bytes per message in
 * steady state, and no exception for whatever a peer sends.
 */
final class DecoderTrial {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;

    /** The first measurements are of code that is still being compiled. */
    private static final int ATTEMPTS = 5;

    private final Venue venue;
    private final String venueSymbol;
    private final byte[][] frames;
    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    /**
     * @param venueSymbol the one that is watched
     * @param frames messages of every kind, a broken one among them
     */
    DecoderTrial(final String venue, final String venueSymbol, final List<String> frames) {
        this.venue = Venues.find(venue);
        this.venueSymbol = venueSymbol;
        this.frames =
                frames.stream()
                        .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
    }

    void allocatesNothingPerMessage() {
        final MessageDecoder decoder = decoder();
        assertEquals(
                0,
                allocated(
                        () -> {
                            for (final byte[] frame : frames) {
                                decode(decoder, 1, frame, frame.length, out);
                            }
                        }),
                "bytes for " + ROUNDS * frames.length + " messages");
        assertTrue(events > 0);
    }

    /** The cheap look at every message before it is handed on. */
    void allocatesNothingToTellApart(final List<String> data, final List<String> control) {
        final Dialogue dialogue = venue.dialogue();
        final ByteBuffer[] ours = buffers(data);
        final ByteBuffer[] theirs = buffers(control);
        final long allocated =
                allocated(
                        () -> {
                            for (final ByteBuffer each : ours) {
                                events += dialogue.control(each) == null ? 1 : 0;
                            }
                            for (final ByteBuffer each : theirs) {
                                events += dialogue.control(each) == null ? 0 : 1;
                            }
                        });
        assertEquals(0, allocated);
        assertTrue(events > 0);
        assertEquals(0, events % ((long) ROUNDS * (ours.length + theirs.length)));
    }

    private static ByteBuffer[] buffers(final List<String> texts) {
        return texts.stream()
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toArray(ByteBuffer[]::new);
    }

    /** The least that any attempt of many rounds allocated, in bytes. */
    private static long allocated(final Runnable round) {
        final ThreadMXBean threads = threads();
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    /**
     * Bytes changed, cut out and doubled: always events, and a message is unparsed as a whole.
     *
     * @param stream what was subscribed to
     */
    void enduresWhateverIsSent(final String stream) {
        final long seed = System.nanoTime();
        System.out.println(venue.name() + " mutations with seed " + seed);
        final Random random = new Random(seed);
        final MessageDecoder decoder = decoder();
        final Dialogue dialogue = venue.dialogue();
        assertTrue(!dialogue.requests(List.of(stream)).isEmpty());
        for (int i = 0; i < MUTATIONS; i++) {
            final byte[] frame = mutated(random);
            final int length = random.nextInt(4) == 0 ? random.nextInt(frame.length) : frame.length;
            final int[] told = new int[2];
            decode(
                    decoder,
                    1 + i / 1_000,
                    frame,
                    length,
                    event -> told[event.type == EventType.UNPARSED ? 1 : 0]++);
            assertTrue(
                    told[1] == 0 ? told[0] > 0 : told[1] == 1 && told[0] == 0,
                    () -> "seed " + seed + ": " + message.text());
            dialogue.control(ByteBuffer.wrap(frame, 0, length));
            dialogue.streamOf(ByteBuffer.wrap(frame, 0, length));
        }
    }

    private byte[] mutated(final Random random) {
        final byte[] frame = frames[random.nextInt(frames.length)].clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            final int at = random.nextInt(frame.length);
            switch (random.nextInt(3)) {
                case 0 -> frame[at] = (byte) random.nextInt(256);
                case 1 -> frame[at] = (byte) "{}[]\",:0e-.\\u".charAt(random.nextInt(13));
                default -> {
                    final int from = random.nextInt(frame.length);
                    final int length = random.nextInt(frame.length - Math.max(at, from));
                    System.arraycopy(frame, from, frame, at, length);
                }
            }
        }
        return frame;
    }

    private MessageDecoder decoder() {
        final Instruments instruments = new Instruments();
        instruments.add(venue.name(), "BTC", venueSymbol);
        return venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
    }

    private void decode(
            final MessageDecoder decoder,
            final int epoch,
            final byte[] frame,
            final int length,
            final EventHandler to) {
        message.set(InboundType.FRAME_TEXT, 2, epoch, 0, 5, frame, 0, length);
        decoder.decode(message, draft.clear(), to);
    }

    /** Ends the test as skipped where the JVM does not count. */
    static ThreadMXBean threads() {
        final java.lang.management.ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        assumeTrue(
                bean instanceof ThreadMXBean measured
                        && measured.isThreadAllocatedMemorySupported()
                        && measured.isThreadAllocatedMemoryEnabled(),
                "this JVM does not count allocated bytes per thread");
        return (ThreadMXBean) bean;
    }
}
