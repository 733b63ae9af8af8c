package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a venue encrypts comes out as it went in, however the network cuts it. */
class DirectRecordsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int ROOM = 1 << 20;

    @TempDir static Path folder;
    private static SSLContext context;

    private final ByteBuffer encrypted = ByteBuffer.allocate(ROOM);
    private final ByteBuffer said = ByteBuffer.allocate(ROOM);
    private final StringBuilder sent = new StringBuilder();
    private final Taken taken = new Taken();
    private SSLEngine server;
    private EmbeddedChannel channel;

    @BeforeAll
    static void makeCertificate() throws Exception {
        final Path store = folder.resolve("peer.p12");
        final Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                store.toString(),
                                "-dname",
                                "CN=localhost")
                        .redirectErrorStream(true)
                        .start();
        final String said = new String(keytool.getInputStream().readAllBytes());
        assertTrue(keytool.waitFor(30, TimeUnit.SECONDS) && keytool.exitValue() == 0, said);
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        final KeyManagerFactory own =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
    }

    @AfterEach
    void close() {
        if (channel != null) {
            channel.close();
            taken.kept.forEach(ByteBuf::release);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3,1",
        "TLSv1.3,7",
        "TLSv1.3,333",
        "TLSv1.3,65536",
        "TLSv1.2,7",
        "TLSv1.2,65536"
    })
    void shouldGiveWhatWasSent(final String protocol, final int read) throws Exception {
        connect(protocol);
        for (int i = 0; i < 300; i++) {
            send(i + "x".repeat(i * i % 1_000) + ";");
        }
        send("y".repeat(100_000));
        receive(read);
        assertEquals(sent.toString(), taken.text());
        assertTrue(channel.isOpen());
    }

    @Test
    void shouldLeaveAloneWhatSomebodyKeeps() throws Exception {
        connect("TLSv1.3");
        taken.keep = true;
        send("the first");
        receive(ROOM);
        send("another");
        receive(ROOM);
        final StringBuilder kept = new StringBuilder();
        taken.kept.forEach(each -> kept.append(each.toString(StandardCharsets.US_ASCII)));
        assertEquals("the firstanother", kept.toString());
    }

    @Test
    void shouldChangeKeysWhenTheVenueDoes() throws Exception {
        connect("TLSv1.3");
        send("before;");
        server.beginHandshake();
        send("behind;");
        receive(3);
        assertTrue(hear() > 0, "the answer to the change");
        send("later");
        receive(ROOM);
        channel.writeOutbound(PooledByteBufAllocator.DEFAULT.buffer().writeBytes(new byte[10]));
        assertEquals(10, hear());
        assertEquals("before;behind;later", taken.text());
    }

    @Test
    void shouldEndWhatWasTamperedWith() throws Exception {
        connect("TLSv1.3");
        send("good");
        final int at = encrypted.position() + 20;
        send("tampered with");
        send("never read");
        encrypted.put(at, (byte) (encrypted.get(at) ^ 1));
        assertThrows(SSLException.class, () -> receive(ROOM));
        assertEquals("good", taken.text());
        assertThrows(SSLException.class, this::hear, "an alert");
    }

    @Test
    void shouldCloseWhenTheVenueSaysGoodbye() throws Exception {
        connect("TLSv1.3");
        send("last words");
        server.closeOutbound();
        server.wrap(ByteBuffer.allocate(0), encrypted);
        receive(ROOM);
        assertEquals("last words", taken.text());
        assertFalse(channel.isOpen());
    }

    @Test
    void shouldLeaveToTheHandlerWhatIsNoRecord() throws Exception {
        connect("TLSv1.3");
        send("good");
        encrypted.put("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThrows(Exception.class, () -> receive(9));
        assertEquals("good", taken.text());
    }

    private void connect(final String protocol) throws Exception {
        server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setEnabledProtocols(new String[] {protocol});
        final SslHandler tls =
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .endpointIdentificationAlgorithm(null)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build()
                        .newHandler(PooledByteBufAllocator.DEFAULT);
        channel = new EmbeddedChannel(new DirectRecords(tls), tls, taken);
        server.beginHandshake();
        for (int i = 0; i < 10 && !tls.handshakeFuture().isSuccess(); i++) {
            hear();
            receive(5);
        }
        hear();
        assertTrue(tls.handshakeFuture().isSuccess());
        receive(ROOM);
    }

    /** The server takes what the channel says, and says what it has to; bytes of data heard. */
    private int hear() throws SSLException {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            said.put(out.nioBuffer());
            out.release();
        }
        said.flip();
        final ByteBuffer plain = ByteBuffer.allocate(ROOM);
        final int before = said.remaining();
        boolean moved = true;
        while (moved) {
            final int left = said.remaining() + encrypted.position();
            if (server.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                server.getDelegatedTask().run();
                continue;
            }
            if (server.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                server.wrap(ByteBuffer.allocate(0), encrypted);
            } else if (said.hasRemaining()) {
                server.unwrap(said, plain);
            }
            moved = left != said.remaining() + encrypted.position();
        }
        said.compact();
        return plain.position() > 0 ? plain.position() : before;
    }

    private void send(final String text) throws SSLException {
        final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            server.wrap(bytes, encrypted);
        }
        sent.append(text);
    }

    /** What the server has said comes in reads of so many bytes. */
    private void receive(final int read) {
        encrypted.flip();
        while (encrypted.hasRemaining()) {
            final int length = Math.min(read, encrypted.remaining());
            final ByteBuf in = PooledByteBufAllocator.DEFAULT.directBuffer(length);
            in.writeBytes(encrypted.slice(encrypted.position(), length));
            encrypted.position(encrypted.position() + length);
            channel.writeInbound(in);
        }
        encrypted.clear();
    }

    private static final class Taken extends ChannelInboundHandlerAdapter {
        private final StringBuilder text = new StringBuilder();
        private final List<ByteBuf> kept = new ArrayList<>();
        private boolean keep;

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            final ByteBuf plain = (ByteBuf) message;
            text.append(plain.toString(StandardCharsets.US_ASCII));
            if (keep) {
                kept.add(plain);
            } else {
                plain.release();
            }
        }

        String text() {
            return text.toString();
        }
    }
}
