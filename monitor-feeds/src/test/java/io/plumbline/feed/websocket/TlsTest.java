package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.CollectedInbound;
import io.plumbline.feed.rest.ReferenceFetcher;
import io.plumbline.feed.rest.ReferenceSettings;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Instruments.Instrument;
import io.plumbline.metrics.Counters;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom we refuse to believe: every doubt ends the attempt before a byte of WebSocket is sent. */
class TlsTest {
    private static final String PEER = "peer";
    private static final String AUTHORITY = "authority";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir static Path folder;
    private static Path right;
    private static Path elsewhere;
    private static Path expired;

    @BeforeAll
    static void makeCertificates() throws Exception {
        right = certificate("right", "dns:localhost");
        elsewhere = certificate("elsewhere", "dns:elsewhere.example");
        expired = expiredCertificate();
    }

    @Test
    void shouldConnectWhereAuthorityAndNameAreRight() throws Exception {
        try (ScriptedServer server = server(right);
                FeedFixture f = feed(server, pem(right, PEER))) {
            f.feed.start();
            server.acceptUpgraded().serve("a");
            f.inbound.awaitSession("1 LIVE");
        }
    }

    @Test
    void wrongHostName() throws Exception {
        expectRefusal(elsewhere, pem(elsewhere, PEER), "No subject alternative DNS name matching");
    }

    @Test
    void selfSigned() throws Exception {
        expectRefusal(right, null, "unable to find valid certification path");
    }

    @Test
    void certificatePastItsDate() throws Exception {
        expectRefusal(expired, pem(expired, AUTHORITY), "NotAfter");
    }

    @Test
    void unreadableTrustFile() throws Exception {
        try (ScriptedServer server = server(right);
                FeedFixture f = feed(server, folder.resolve("absent.pem"))) {
            f.feed.start();
            f.inbound.awaitSession("2 CONNECTING");
            assertTrue(
                    f.inbound.sessions().get(1).contains("give a readable PEM file"),
                    f.inbound.sessions().get(1));
        }
    }

    @Test
    void shouldFetchExchangeInformationOnlyFromWhomItTrusts() throws Exception {
        final CollectedInbound inbound = new CollectedInbound();
        try (ScriptedServer server = server(right);
                ReferenceFetcher fetcher = fetcher(server, pem(right, PEER), inbound)) {
            fetcher.start();
            final ScriptedServer.Peer peer = server.accept();
            peer.answer(
                    "HTTP/1.1 200 OK\r\n"
                            + "Connection: close\r\n"
                            + "Content-Length: 13\r\n\r\n"
                            + "BTCUSDT 0.01\n");
            inbound.await(m -> m.type() == InboundType.REFERENCE);
        }
        try (ScriptedServer server = server(elsewhere);
                ReferenceFetcher fetcher = fetcher(server, pem(elsewhere, PEER), inbound)) {
            fetcher.start();
            // The JDK's client leaves a refused socket open for a while: not a wait for this
            // thread.
            final Thread peer =
                    new Thread(() -> assertThrows(IOException.class, server::accept), "peer");
            peer.setDaemon(true);
            peer.start();
            inbound.await(
                    m ->
                            m.text().startsWith("REFERENCE_MISSING")
                                    && m.text().contains("No subject alternative DNS name"));
        }
    }

    private static ReferenceFetcher fetcher(
            final ScriptedServer server, final Path trusted, final CollectedInbound inbound) {
        final ReferenceSettings d = ReferenceSettings.defaults();
        return new ReferenceFetcher(
                new FakeVenue(),
                new FakeVenue()
                        .referenceRequests(
                                URI.create(
                                        server.uri("localhost")
                                                .toString()
                                                .replace("wss:", "https:")),
                                Venue.Access.NONE),
                FeedFixture.SOURCE,
                List.of(new Instrument(0, "fake", "BTC/USDT", "BTCUSDT")),
                FeedFixture.context(inbound, new Counters()),
                new ReferenceSettings(
                        null,
                        d.connect(),
                        // The JDK's client waits this long for a peer that does not close.
                        Duration.ofSeconds(1),
                        d.whole(),
                        d.maxBytes(),
                        d.base(),
                        d.cap(),
                        d.refusalHold(),
                        trusted),
                FeedFixture.random());
    }

    private static void expectRefusal(final Path store, final Path trusted, final String reason)
            throws Exception {
        try (ScriptedServer server = server(store);
                FeedFixture f = feed(server, trusted)) {
            f.feed.start();
            try {
                final ScriptedServer.Peer peer = server.accept();
                throw new AssertionError("the client spoke: " + peer.request());
            } catch (final IOException refused) {
                f.inbound.awaitSession("1 DOWN");
            }
            final String down = f.inbound.sessions().get(1);
            assertTrue(down.startsWith("1 DOWN TLS failed: ") && down.contains(reason), down);
            assertEquals(List.of(), f.inbound.texts(InboundType.FRAME_TEXT));
        }
    }

    private static FeedFixture feed(final ScriptedServer server, final Path trusted) {
        return new FeedFixture(server.uri("localhost"), FeedFixture.QUICK.trusting(trusted), "a");
    }

    private static ScriptedServer server(final Path store) throws Exception {
        final KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(store), PASSWORD);
        final SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return new ScriptedServer(
                tls.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                "wss");
    }

    private static KeyStore load(final Path store) throws Exception {
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static Path pem(final Path store, final String alias) throws Exception {
        final byte[] encoded = load(store).getCertificate(alias).getEncoded();
        final String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(
                store.resolveSibling(store.getFileName() + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    private static Path certificate(final String name, final String alternative)
            throws IOException, InterruptedException {
        final Path store = folder.resolve(name + ".p12");
        keytool(store, "-alias", PEER, "-dname", "CN=" + name, "-ext", "san=" + alternative);
        return store;
    }

    /** The trust anchor itself is never checked for its dates, so this one is signed by another. */
    private static Path expiredCertificate() throws IOException, InterruptedException {
        final Path store = folder.resolve("expired.p12");
        keytool(store, "-alias", AUTHORITY, "-dname", "CN=authority", "-ext", "bc:c");
        keytool(
                store,
                "-alias",
                PEER,
                "-dname",
                "CN=expired",
                "-ext",
                "san=dns:localhost",
                "-signer",
                AUTHORITY,
                "-startdate",
                "-30d",
                "-validity",
                "2");
        return store;
    }

    private static void keytool(final Path store, final String... what)
            throws IOException, InterruptedException {
        final List<String> command =
                new ArrayList<>(
                        List.of(
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
                                store.toString()));
        command.addAll(List.of(what));
        final Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(keytool.getInputStream().readAllBytes());
        assertTrue(keytool.waitFor(30, TimeUnit.SECONDS) && keytool.exitValue() == 0, said);
    }
}
