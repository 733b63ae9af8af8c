package io.plumbline.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command as a process of its own, on this test's class path. */
final class PlumblineProcess {
    private PlumblineProcess() {}

    /**
     * Starts it in {@code folder}, where what it says goes into the file {@code log}.
     *
     * @param environment beside this process's own
     */
    static Process start(
            final Path folder,
            final String log,
            final Map<String, String> environment,
            final String... arguments)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Of what a build has not packed yet the tests of feeds bring a log of their own.
        command.add(
                "-Dlogback.configurationFile="
                        + RepositoryTop.path("monitor-app/src/main/resources/logback.xml"));
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(PlumblineMain.class.getName());
        command.addAll(List.of(arguments));
        final ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(log).toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
