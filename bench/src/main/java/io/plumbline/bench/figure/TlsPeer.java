package io.plumbline.bench.figure;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManagerFactory;

/**
 * A venue's end of a TLS connection, with a certificate of its own making, and the JDK's engine for
 * the other end where nobody else is there.
 */
final class TlsPeer {
    static final String HOST = "localhost";

    private static final String ALIAS = "peer";
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final long KEYTOOL_S = 60;
    private static final int RECORD_BYTES = 17 * 1024;
    private static final int BIG_HEAD = 4;
    private static final int HUGE_HEAD = 10;

    private final Path certificate;
    private final SSLContext context;
    private final SSLEngine server;
    private final SSLEngine client;
    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private ByteBuffer encrypted = ByteBuffer.allocate(1 << 20);
    private ByteBuffer frame = ByteBuffer.allocate(1 << 20);
    private long plainBytes;

    private TlsPeer(final Path certificate, final SSLContext context) throws IOException {
        this.certificate = certificate;
        this.context = context;
        server = context.createSSLEngine();
        server.setUseClientMode(false);
        client = context.createSSLEngine(HOST, 443);
        client.setUseClientMode(true);
    }

    /** Makes a key and a certificate with the JDK's keytool. */
    static TlsPeer make(final Path folder) throws IOException, InterruptedException {
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
                                "-alias",
                                ALIAS,
                                "-dname",
                                "CN=" + HOST,
                                "-ext",
                                "san=dns:" + HOST)
                        .redirectErrorStream(true)
                        .start();
        final String said = new String(keytool.getInputStream().readAllBytes());
        if (!keytool.waitFor(KEYTOOL_S, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
        try (InputStream in = Files.newInputStream(store)) {
            final KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            final KeyManagerFactory own =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD);
            final KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, PASSWORD);
            trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
            final TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            final String body =
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(keys.getCertificate(ALIAS).getEncoded());
            final Path pem =
                    Files.writeString(
                            folder.resolve("peer.pem"),
                            "-----BEGIN CERTIFICATE-----\n"
                                    + body
                                    + "\n-----END CERTIFICATE-----\n");
            return new TlsPeer(pem, context);
        } catch (final GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** For a connection more. */
    TlsPeer another() throws IOException {
        return new TlsPeer(certificate, context);
    }

    /** PEM file of whom to trust. */
    Path certificate() {
        return certificate;
    }

    /** The other end, where nobody else is. */
    SSLEngine client() {
        return client;
    }

    /** Bytes of the messages last encrypted, without their frames' heads. */
    long plainBytes() {
        return plainBytes;
    }

    /** The messages as frames, each a record of its own; valid until the next call. */
    ByteBuffer encrypt(final Corpus corpus, final int count) throws IOException {
        encrypted.clear();
        plainBytes = 0;
        for (int i = 0; i < count; i++) {
            final int length = corpus.lengths[i];
            plainBytes += length;
            frame.clear();
            frame.put((byte) 0x81);
            if (length > 0xFFFF) {
                frame.put((byte) 127).putLong(length);
            } else if (length > 125) {
                frame.put((byte) 126).putShort((short) length);
            } else {
                frame.put((byte) length);
            }
            frame.put(corpus.bytes, corpus.offsets[i], length).flip();
            while (frame.hasRemaining()) {
                room();
                server.wrap(frame, encrypted);
            }
        }
        return encrypted.flip();
    }

    private void room() {
        if (encrypted.remaining() < RECORD_BYTES) {
            encrypted = ByteBuffer.allocate(2 * encrypted.capacity()).put(encrypted.flip());
        }
    }

    /** With the JDK's own engine. */
    void shakeHands() throws IOException {
        final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        server.beginHandshake();
        boolean moved = true;
        while (moved) {
            moved = step(client, toClient, toServer) | step(server, toServer, toClient);
        }
        check();
    }

    /** With a feed's pipeline. */
    void shakeHands(final EmbeddedChannel channel) throws IOException {
        final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        server.beginHandshake();
        boolean moved = true;
        while (moved) {
            channel.runPendingTasks();
            for (ByteBuf said = channel.readOutbound(); said != null; ) {
                toServer.put(said.nioBuffer());
                said.release();
                said = channel.readOutbound();
            }
            moved = step(server, toServer, toClient);
            if (toClient.position() > 0) {
                channel.writeInbound(Unpooled.copiedBuffer(toClient.flip()));
                toClient.clear();
                moved = true;
            }
        }
        check();
    }

    private void check() throws IOException {
        if (server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw new IOException("no TLS connection: " + server.getHandshakeStatus());
        }
    }

    /** Takes what came and says what is to be said; whether it did anything. */
    private boolean step(final SSLEngine engine, final ByteBuffer in, final ByteBuffer out)
            throws IOException {
        boolean moved = false;
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK:
                    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
                        task.run();
                        task = engine.getDelegatedTask();
                    }
                    break;
                case NEED_WRAP:
                    engine.wrap(nothing, out);
                    moved = true;
                    break;
                default:
                    in.flip();
                    if (!in.hasRemaining()) {
                        in.clear();
                        return moved;
                    }
                    final int before = in.remaining();
                    engine.unwrap(in, frame.clear());
                    final boolean taken = in.remaining() < before;
                    in.compact();
                    if (!taken && engine.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
                        return moved;
                    }
                    moved = true;
                    break;
            }
        }
    }
}
