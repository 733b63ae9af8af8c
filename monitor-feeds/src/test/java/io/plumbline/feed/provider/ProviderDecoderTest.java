package io.plumbline.feed.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the decoders of described feeds cost and endure, over the frames of their vectors: no bytes
 * per message in steady state, and no exception for whatever a peer sends.
 */
class ProviderDecoderTest {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CASES = List.of("normal", "heartbeat", "checksum-absent");

    private record Frame(InboundType type, byte[] bytes) {}

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @ParameterizedTest
    @ValueSource(strings = {"desk-json", "desk-binary"})
    void shouldAllocateNothingPerMessage(final String name) throws Exception {
        final ThreadMXBean threads = threads();
        final MessageDecoder decoder = decoder(venue(name));
        final Frame[] frames = frames(name).toArray(new Frame[0]);
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                for (final Frame frame : frames) {
                    message.set(frame.type, 2, 1, 0, 5, frame.bytes, 0, frame.bytes.length);
                    decoder.decode(message, draft.clear(), out);
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + ROUNDS * frames.length + " messages");
        assertTrue(events > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"desk-json", "desk-binary"})
    void shouldAllocateNothingToTellDataAndHeartbeatsApart(final String name) throws Exception {
        final ThreadMXBean threads = threads();
        final Dialogue dialogue = venue(name).dialogue();
        final List<ByteBuffer> data = new ArrayList<>();
        for (final Frame frame : frames(name)) {
            final ByteBuffer buffer = ByteBuffer.wrap(frame.bytes);
            final Dialogue.Control told = dialogue.control(buffer);
            if (told == null || told.kind() == Dialogue.Control.Kind.HEARTBEAT) {
                data.add(buffer);
            }
        }
        final ByteBuffer[] buffers = data.toArray(new ByteBuffer[0]);
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                for (final ByteBuffer buffer : buffers) {
                    events += dialogue.control(buffer) == null ? 1 : 0;
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
        assertTrue(events > 0);
    }

    /** Bytes changed, cut out and doubled: always events, and a message is unparsed as a whole. */
    @ParameterizedTest
    @ValueSource(strings = {"desk-json", "desk-binary"})
    void shouldEndureWhateverIsSent(final String name) throws Exception {
        final long seed = System.nanoTime();
        System.out.println(name + " mutations with seed " + seed);
        final Random random = new Random(seed);
        final Venue venue = venue(name);
        final MessageDecoder decoder = decoder(venue);
        final Dialogue dialogue = venue.dialogue();
        dialogue.requests(List.of("bookTicker:BTC-USDT", "trade:1"));
        final List<Frame> frames = frames(name);
        for (int i = 0; i < MUTATIONS; i++) {
            final Frame chosen = frames.get(random.nextInt(frames.size()));
            final byte[] frame = chosen.bytes.clone();
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
            final int length = random.nextInt(4) == 0 ? random.nextInt(frame.length) : frame.length;
            final InboundType type = random.nextInt(8) == 0 ? InboundType.FRAME_TEXT : chosen.type;
            final int[] told = new int[2];
            message.set(type, 2, 1, 0, 5, frame, 0, length);
            decoder.decode(
                    message,
                    draft.clear(),
                    event -> told[event.type == EventType.UNPARSED ? 1 : 0]++);
            assertTrue(
                    told[1] == 0 ? told[0] > 0 : told[1] == 1 && told[0] == 0,
                    () -> "seed " + seed + ": " + HexFormat.of().formatHex(frame, 0, length));
            dialogue.control(ByteBuffer.wrap(frame, 0, length));
            dialogue.streamOf(ByteBuffer.wrap(frame, 0, Math.min(length, 60)));
        }
    }

    private static ConfiguredVenue venue(final String name) throws Exception {
        return DescribedProvider.venue(folder(name).resolve("provider.yml"));
    }

    private static Path folder(final String name) throws Exception {
        final URI uri =
                ProviderDecoderTest.class
                        .getClassLoader()
                        .getResource("conformance/" + name)
                        .toURI();
        return Path.of(uri);
    }

    private static List<Frame> frames(final String name) throws Exception {
        final List<Frame> frames = new ArrayList<>();
        for (final String each : CASES) {
            for (final String line : Files.readAllLines(folder(name).resolve(each + ".ndjson"))) {
                add(frames, JSON.readTree(line));
            }
        }
        return frames;
    }

    private static void add(final List<Frame> frames, final JsonNode line) throws IOException {
        if (line.has("hex")) {
            frames.add(
                    new Frame(
                            InboundType.FRAME_BINARY,
                            HexFormat.of().parseHex(line.get("hex").textValue())));
        } else if (line.has("text")) {
            frames.add(
                    new Frame(
                            InboundType.FRAME_TEXT,
                            line.get("text").textValue().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static MessageDecoder decoder(final Venue venue) {
        final Instruments instruments = new Instruments();
        instruments.add(venue.name(), "BTC/USDT", venue.toVenueSymbol("BTC/USDT"));
        return venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
    }

    private static ThreadMXBean threads() {
        final java.lang.management.ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        assumeTrue(
                bean instanceof ThreadMXBean measured
                        && measured.isThreadAllocatedMemorySupported()
                        && measured.isThreadAllocatedMemoryEnabled(),
                "this JVM does not count allocated bytes per thread");
        return (ThreadMXBean) bean;
    }
}
