package io.plumbline.feed.websocket;

import static io.plumbline.feed.websocket.ScriptedServer.FIN;
import static io.plumbline.feed.websocket.ScriptedServer.RSV1;
import static io.plumbline.feed.websocket.ScriptedServer.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.InboundType;
import io.plumbline.metrics.CounterId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** What a peer may do to us on the wire: each ends the connection, is counted, and nothing more. */
class HostilePeerTest {
    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    private static final int CONTINUATION = 0;
    private static final int MEBI = 1 << 20;

    private static final WebSocketSettings SMALL =
            FeedFixture.QUICK.with(new WebSocketSettings.Limits(256 * 1024, MEBI, MEBI));

    /** Sends from a test; an IOException means that the client has left already. */
    private interface Attack {
        void on(ScriptedServer.Peer peer) throws IOException;
    }

    @Test
    void oversizedFrame() throws Exception {
        expectEnd(
                "",
                peer -> peer.raw(ScriptedServer.frame(FIN | TEXT, new byte[300 * 1024])),
                1009,
                "Max frame length of 262144 has been exceeded");
    }

    @Test
    void endlessMessageInSmallFragments() throws Exception {
        expectEnd(
                "",
                peer -> {
                    final byte[] part = new byte[64 * 1024];
                    Arrays.fill(part, (byte) 'x');
                    peer.raw(ScriptedServer.frame(TEXT, part));
                    for (int i = 0; i < 64; i++) {
                        peer.raw(ScriptedServer.frame(CONTINUATION, part));
                    }
                },
                1009,
                "content length exceeded 1048576 bytes");
    }

    @Test
    void deflateBombInOneFrame() throws Exception {
        final byte[] bomb = bomb(64 * MEBI);
        expectEnd(
                DEFLATE,
                peer -> peer.raw(ScriptedServer.frame(FIN | RSV1 | TEXT, bomb)),
                1009,
                "Decompression buffer has reached maximum size");
    }

    @Test
    void deflateBombInFragmentsBelowTheBoundOfOneFrame() throws Exception {
        final byte[] bomb = bomb(64 * MEBI);
        expectEnd(
                DEFLATE,
                peer -> {
                    for (int at = 0; at < bomb.length; at += 512) {
                        final byte[] part =
                                Arrays.copyOfRange(bomb, at, Math.min(at + 512, bomb.length));
                        final int last = at + 512 >= bomb.length ? FIN : 0;
                        peer.raw(
                                ScriptedServer.frame(
                                        last | (at == 0 ? RSV1 | TEXT : CONTINUATION), part));
                    }
                },
                1009,
                "content length exceeded 1048576 bytes");
    }

    @Test
    void corruptDeflateStream() throws Exception {
        final byte[] noise = new byte[64];
        Arrays.fill(noise, (byte) 0xFF);
        expectEnd(
                DEFLATE,
                peer -> peer.raw(ScriptedServer.frame(FIN | RSV1 | TEXT, noise)),
                -1,
                "Exception");
    }

    @Test
    void badUtf8() throws Exception {
        expectEnd(
                "",
                peer -> peer.raw(ScriptedServer.frame(FIN | TEXT, new byte[] {(byte) 0xC0, 0x20})),
                1007,
                "UTF-8");
    }

    @Test
    void maskedServerFrame() throws Exception {
        expectEnd(
                "",
                peer -> peer.raw(new byte[] {(byte) (FIN | TEXT), (byte) 0x81, 0, 0, 0, 0, 'x'}),
                1002,
                "masked");
    }

    @Test
    void reservedBitWithoutExtension() throws Exception {
        expectEnd(
                "",
                peer -> peer.raw(ScriptedServer.frame(FIN | RSV1 | TEXT, new byte[] {'x'})),
                1002,
                "reserved bits");
    }

    @Test
    void unknownOpcode() throws Exception {
        expectEnd(
                "",
                peer -> peer.raw(ScriptedServer.frame(FIN | 5, new byte[] {'x'})),
                1002,
                "opcode");
    }

    @Test
    void pingFloodIsAnsweredWithinTheBudget() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f =
                        new FeedFixture(
                                FakeVenue.with(5, java.time.Duration.ofSeconds(60), null),
                                server.uri(),
                                SMALL,
                                new io.plumbline.feed.RequestBudget(9, 1_000_000_000L),
                                "a")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.acceptUpgraded();
            assertEquals("sub 1 a", peer.read().text());
            for (int i = 0; i < 1_000; i++) {
                peer.ping("ping " + i);
            }
            ScriptedServer.Frame answer = peer.read();
            int answers = 1;
            while (!answer.text().equals("ping 999")) {
                answer = peer.read();
                answers++;
            }
            // Four are left of the first second's budget; a slow machine may see another second.
            assertTrue(answers <= 30, "answers " + answers);
            peer.text("ack 1");
            peer.text("data a 1");
            f.inbound.awaitSession("1 LIVE");
        }
    }

    @Test
    void shouldReadFramesCutAtEveryByte() throws Exception {
        final long seed = 20261123;
        final Random random = new Random(seed);
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), SMALL, "a")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.accept();
            for (final byte b : peer.upgradeHead("").getBytes(StandardCharsets.ISO_8859_1)) {
                peer.raw(new byte[] {b});
            }
            peer.serve("a");
            final byte[] message = "data a € 12345".getBytes(StandardCharsets.UTF_8);
            for (int cut = 1; cut < message.length; cut++) {
                // Two fragments of one message, the wire itself cut at another place.
                final ByteArrayOutputStream wire = new ByteArrayOutputStream();
                wire.writeBytes(ScriptedServer.frame(TEXT, Arrays.copyOfRange(message, 0, cut)));
                wire.writeBytes(
                        ScriptedServer.frame(
                                FIN | CONTINUATION,
                                Arrays.copyOfRange(message, cut, message.length)));
                final byte[] bytes = wire.toByteArray();
                final int split = 1 + random.nextInt(bytes.length - 1);
                peer.raw(Arrays.copyOfRange(bytes, 0, split));
                peer.raw(Arrays.copyOfRange(bytes, split, bytes.length));
            }
            f.inbound.eventually(
                    () -> f.inbound.texts(InboundType.FRAME_TEXT).size() == message.length + 1);
            assertEquals(
                    List.of("data a € 12345"),
                    f.inbound.texts(InboundType.FRAME_TEXT).stream().skip(2).distinct().toList(),
                    () -> "seed " + seed);
        }
    }

    @Test
    void shouldInflateAnHonestMessage() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), SMALL, "a")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.accept();
            assertTrue(
                    peer.request().stream().anyMatch(l -> l.contains("permessage-deflate")),
                    () -> peer.request().toString());
            peer.upgrade(DEFLATE);
            final String text = "data a " + "0123456789".repeat(1_000);
            peer.raw(ScriptedServer.frame(FIN | RSV1 | TEXT, deflate(text.getBytes())));
            f.inbound.await(m -> m.text().equals(text));
        }
    }

    private static void expectEnd(
            final String extension, final Attack attack, final int status, final String reason)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), SMALL, "a")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.accept();
            peer.upgrade(extension);
            peer.read();
            boolean cutOff = false;
            try {
                attack.on(peer);
            } catch (final IOException leftAlready) {
                cutOff = true;
            }
            f.inbound.awaitSession("1 DOWN");
            final String down = f.inbound.texts(InboundType.SESSION).get(2);
            assertTrue(down.contains(reason), down);
            assertTrue(f.counters.get(CounterId.FEED_ERRORS) >= 1);
            assertEquals(List.of(), f.inbound.texts(InboundType.FRAME_TEXT));
            if (status > 0 && !cutOff) {
                try {
                    assertEquals(status, peer.read().closeStatus());
                } catch (final IOException reset) {
                    cutOff = true;
                }
            }
            assertTrue(peer.ended(), "the client has closed its side");
            server.acceptUpgraded().serve("a");
            f.inbound.awaitSession("2 LIVE");
        }
    }

    /** Zeros, as permessage-deflate sends them: raw, sync-flushed, its last four bytes left off. */
    private static byte[] bomb(final int size) {
        return deflate(new byte[size]);
    }

    private static byte[] deflate(final byte[] bytes) {
        final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            final byte[] chunk = new byte[64 * 1024];
            int count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            while (count > 0) {
                out.write(chunk, 0, count);
                count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            }
            return Arrays.copyOf(out.toByteArray(), out.size() - 4);
        } finally {
            deflater.end();
        }
    }
}
