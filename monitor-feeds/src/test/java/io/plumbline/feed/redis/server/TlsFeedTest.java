package io.plumbline.feed.redis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Secret;
import io.plumbline.feed.redis.Topology;
import io.plumbline.market.SessionState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;

/** A Redis behind TLS: its authority and its host name are checked, its password read anew. */
@Tag("servers")
final class TlsFeedTest {
    private static final String KEY = "px:A";

    @TempDir private Path folder;
    private int port;
    private RedisProcess redis;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        final RedisBinary binary = RedisBinary.INSTALLED.assumePresent();
        assumeTrue(new File("/usr/bin/openssl").canExecute(), "needs openssl");
        authority("ca");
        authority("other");
        openssl("req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=redis");
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
        openssl(
                "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
                        + " -extfile names -out server.pem");
        port = FreePorts.next();
        redis =
                new RedisProcess(
                                binary,
                                folder,
                                List.of(
                                        "tls-port " + port,
                                        "tls-cert-file " + folder.resolve("server.pem"),
                                        "tls-key-file " + folder.resolve("server.key"),
                                        "tls-ca-cert-file " + folder.resolve("ca.pem"),
                                        "tls-auth-clients no",
                                        "notify-keyspace-events K$ghxe"))
                        .start();
        try (Jedis jedis = redis.client()) {
            jedis.set(KEY, "1");
        }
    }

    @AfterEach
    void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void shouldObserveThroughTls() {
        try (ObservedRedis observed = observe("localhost", "ca", Secret.NONE)) {
            observed.awaitLive(1);
            try (Jedis jedis = redis.client()) {
                jedis.set(KEY, "2");
            }
            observed.await("a write", 3, () -> "2".equals(observed.view().get(KEY)));
        }
    }

    @Test
    void shouldRefuseAnotherAuthority() {
        for (final String authority : new String[] {"other", null}) {
            final String refusal = refusal("localhost", authority);
            assertTrue(refusal.endsWith("name the PEM file of its authority as `trust`"), refusal);
        }
    }

    @Test
    void shouldRefuseAnotherName() {
        final String refusal = refusal("127.0.0.1", "ca");
        assertTrue(refusal.contains("subject alternative names"), refusal);
    }

    @Test
    void shouldSayThatThereIsNoAuthority() {
        final String refusal = refusal("localhost", "none");
        assertTrue(refusal.contains("none.pem cannot be read; give a readable PEM"), refusal);
    }

    @Test
    void shouldTakeANewPasswordAtTheNextConnect() {
        final AtomicReference<String> password = new AtomicReference<>("old");
        try (Jedis jedis = redis.client()) {
            jedis.configSet("requirepass", "old");
            jedis.auth("old");
            final Secret secret =
                    Secret.renewed("old".toCharArray(), () -> password.get().toCharArray());
            try (ObservedRedis observed = observe("localhost", "ca", secret)) {
                observed.awaitLive(1);
                jedis.configSet("requirepass", "new");
                password.set("new");
                final int mark = observed.mark();
                jedis.clientKill(new ClientKillParams().skipMe(ClientKillParams.SkipMe.YES));
                observed.await("it again", 20, () -> observed.facts(mark, "REDIS_UP").size() == 1);
                assertEquals("1", observed.view().get(KEY));
            }
        }
    }

    private String refusal(final String host, final String authority) {
        try (ObservedRedis observed = observe(host, authority, Secret.NONE)) {
            observed.await("a refusal", 20, () -> !observed.facts(0, "REDIS_DOWN").isEmpty());
            assertEquals(SessionState.DOWN, observed.feed().status().state());
            return observed.facts(0, "REDIS_DOWN").get(0);
        }
    }

    private ObservedRedis observe(final String host, final String authority, final Secret secret) {
        return new ObservedRedis(
                RedisSettings.parse("rediss://" + host + ":" + port)
                        .withAccess(
                                new RedisSettings.Access(
                                        "",
                                        secret,
                                        true,
                                        authority == null
                                                ? null
                                                : folder.resolve(authority + ".pem"),
                                        "plumbline")),
                new Topology.Standalone(),
                List.of(KEY));
    }

    private void authority(final String name) throws IOException, InterruptedException {
        openssl(
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN="
                        + name
                        + " -keyout "
                        + name
                        + ".key -out "
                        + name
                        + ".pem");
    }

    private void openssl(final String arguments) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(("openssl " + arguments).split(" "))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("openssl.log").toFile())
                        .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(folder.resolve("openssl.log")));
    }
}
