package io.plumbline.feed.redis.server;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * A redis-server of a test: its own folder, port and configuration, on loopback; frozen, killed and
 * started again by its process id. Keeps nothing on disk unless a directive says so. Ends with the
 * JVM at the latest.
 */
public final class RedisProcess implements AutoCloseable {
    private static final long STARTED_WITHIN_S = 20;
    private static final int ANSWER_MS = 1_000;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end-redis"));
    }

    private final RedisBinary binary;
    private final Path folder;
    private final int port;
    private final Path configuration;
    private final List<String> options;
    private Process process;

    /**
     * @param parent where it makes a folder of its own
     * @param directives lines of redis.conf
     */
    public RedisProcess(final RedisBinary binary, final Path parent, final List<String> directives)
            throws IOException {
        this(binary, parent, "redis", directives, List.of());
    }

    RedisProcess(
            final RedisBinary binary,
            final Path parent,
            final String name,
            final List<String> directives,
            final List<String> options)
            throws IOException {
        this.binary = binary;
        this.options = List.copyOf(options);
        port = FreePorts.next();
        folder = Files.createDirectories(parent.resolve(name + '-' + port));
        configuration = folder.resolve(name + ".conf");
        final List<String> lines = new ArrayList<>();
        lines.add("bind 127.0.0.1");
        lines.add("port " + port);
        lines.add("dir " + folder);
        lines.add("logfile " + folder.resolve("log"));
        if (options.isEmpty()) {
            lines.add("save \"\"");
            lines.add("repl-diskless-sync yes");
            lines.add("repl-diskless-sync-delay 0");
            if (binary.major() >= 7) {
                lines.add("enable-debug-command local");
            }
        }
        lines.addAll(directives);
        Files.write(configuration, lines);
    }

    public int port() {
        return port;
    }

    public HostAndPort address() {
        return new HostAndPort("127.0.0.1", port);
    }

    /** Its own folder: where it keeps data, log and configuration. */
    public Path folder() {
        return folder;
    }

    /** Starts it, the first time or again, and waits until it answers and has loaded its data. */
    public RedisProcess start() throws IOException {
        if (running()) {
            throw new IllegalStateException("Redis at " + port + " runs already");
        }
        final List<String> command = new ArrayList<>();
        command.add(binary.path());
        command.add(configuration.toString());
        command.addAll(options);
        process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(new File(folder.toFile(), "out"))
                        .start();
        RUNNING.add(process);
        Patience.await("Redis at " + port, STARTED_WITHIN_S, this::answers, this::log);
        return this;
    }

    public boolean running() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGSTOP: its sockets stay open and nothing is answered. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** SIGKILL, and waits for the end. What was not on disk is lost. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            end();
        }
    }

    /** SIGTERM, and waits for the end. */
    public void stop() {
        if (process != null) {
            process.destroy();
            end();
        }
    }

    /** A connection of the test's own; for a server without a password. */
    public Jedis client() {
        return new Jedis(
                address(),
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .socketTimeoutMillis(30_000)
                        .build());
    }

    /** One field of INFO. */
    public String info(final String field) {
        try (Jedis jedis = client()) {
            return jedis.info("everything")
                    .lines()
                    .filter(line -> line.startsWith(field + ':'))
                    .map(line -> line.substring(field.length() + 1).trim())
                    .findFirst()
                    .orElse("");
        }
    }

    /** How many replicas are connected that can be connected to: a tap is none. */
    public long replicas() {
        try (Jedis jedis = client()) {
            return jedis.info("replication")
                    .lines()
                    .filter(line -> line.matches("slave\\d+:.*,port=[1-9].*"))
                    .count();
        }
    }

    /** What it wrote to its log, for messages of failed tests. */
    public String log() {
        try {
            final StringBuilder all = new StringBuilder();
            for (final String name : List.of("out", "log")) {
                final Path file = folder.resolve(name);
                if (Files.exists(file)) {
                    all.append(Files.readString(file));
                }
            }
            return all.toString();
        } catch (final IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "Redis at " + port + (running() ? ", process " + pid() : ", not running");
    }

    private void end() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }

    private void signal(final String name) throws IOException {
        final Process kill =
                new ProcessBuilder("kill", '-' + name, Long.toString(pid())).inheritIO().start();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException("kill -" + name + ' ' + pid() + " failed");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Any answer will do (a password may be missing), but not that it is loading. */
    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("Redis at " + port + " ended at once: " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWER_MS);
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            final String answer =
                    new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            return !answer.isEmpty() && !answer.startsWith("-LOAD");
        }
    }
}
