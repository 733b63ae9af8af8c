package io.plumbline.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL of the machine's own, in a folder of its own, on loopback. It refuses to run as
 * root: then it runs as the user that its package has made.
 */
final class PostgresServer implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final long PATIENCE_S = 60;

    private final Path binaries;
    private final Path data;
    private final int port;
    private final boolean asRoot = "root".equals(System.getProperty("user.name"));

    private PostgresServer(final Path binaries, final Path folder) throws IOException {
        this.binaries = binaries;
        data = folder.resolve("data");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.createDirectories(data);
        if (asRoot) {
            for (Path at = folder; at.getNameCount() > 1; at = at.getParent()) {
                if (Files.getOwner(at).getName().equals("root")) {
                    Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
            run("chown", "-R", "postgres", folder.toString());
        }
        asServer("initdb", "-D", data.toString(), "-U", "plumbline", "-A", "trust", "--no-sync");
        asServer(
                "pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-l",
                data.resolve("log").toString(),
                "-o",
                "-p " + port + " -h 127.0.0.1 -k " + data,
                "start");
    }

    /** Starts one; the test is skipped where PostgreSQL is not installed. */
    static PostgresServer assumePresent(final Path folder) throws IOException {
        Path found = null;
        if (Files.isDirectory(VERSIONS)) {
            try (var versions = Files.list(VERSIONS)) {
                found =
                        versions.map(version -> version.resolve("bin"))
                                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                                .findFirst()
                                .orElse(null);
            }
        }
        assumeTrue(found != null, "no PostgreSQL below " + VERSIONS);
        return new PostgresServer(found, folder);
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private void asServer(final String program, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        if (asRoot) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres"));
            command.add("--clear-groups");
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command.toArray(new String[0]));
    }

    private static void run(final String... command) throws IOException {
        final Path log = Files.createTempFile("postgres", ".log");
        final Process process =
                new ProcessBuilder(command)
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(List.of(command) + ": " + Files.readString(log));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        Files.delete(log);
    }

    @Override
    public void close() throws IOException {
        asServer("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
        if (asRoot) {
            run("chown", "-R", "root", data.getParent().toString());
        }
    }
}
