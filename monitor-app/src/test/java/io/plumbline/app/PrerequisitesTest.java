package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.http.Prerequisite;
import io.plumbline.app.http.Prerequisite.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrerequisitesTest {
    private static final Prerequisite WELL = new Prerequisite("heap", Result.OK, "256 MiB", "");
    private static final Prerequisite POOR =
            new Prerequisite("file descriptors", Result.WARN, "256 may be open", "raise it");
    private static final Prerequisite FAILED =
            new Prerequisite("free space", Result.FAIL, "3 MiB of 64 MiB", "free some");

    @TempDir private Path folder;

    private Config config(final String more) throws ConfigException {
        return LiveRig.config(
                "monitor: {dataDirectory: \""
                        + folder.resolve("data")
                        + "\"}\nvenues: [{name: binance-usdm, symbols: [\"BTC/USDT:USDT\"]}]\n"
                        + more);
    }

    @Test
    void shouldLookAtTheMachine() throws Exception {
        final List<Prerequisite> found = Prerequisites.required(config(""), 8_080);
        assertEquals(
                List.of("data directory", "free space", "file descriptors", "heap", "http port"),
                found.stream().map(Prerequisite::name).toList());
        assertEquals(
                new Prerequisite(
                        "data directory", Result.OK, folder.resolve("data") + " can be made", ""),
                found.get(0));
        assertEquals("127.0.0.1:8080 is open", found.get(4).found());
        assertTrue(Files.notExists(folder.resolve("data")), "only looked at");
    }

    @Test
    void shouldSayWhatIsWrongWithTheFolderAndGoOnToOpenIt() throws Exception {
        Files.writeString(folder.resolve("data"), "a file");
        final Prerequisite found = Prerequisites.required(config(""), 0).get(0);
        assertEquals(Result.FAIL, found.result());
        assertEquals(
                "set monitor.dataDirectory to a directory that this user may write",
                found.remedy());
    }

    @Test
    void shouldEndTheStartOnAFailure() {
        assertEquals(
                "free space: 3 MiB of 64 MiB: free some",
                assertThrows(
                                CannotStartException.class,
                                () -> Prerequisites.require(List.of(WELL, POOR, FAILED)))
                        .getMessage());
    }

    @Test
    void shouldStartWithAWarning() throws CannotStartException {
        assertEquals(List.of(WELL, POOR), Prerequisites.require(List.of(WELL, POOR)));
    }

    @Test
    void shouldSeeThatThePortIsTaken() throws IOException, ConfigException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            final Prerequisite port =
                    Prerequisites.port(config("http: {port: " + taken.getLocalPort() + "}\n"));
            assertEquals(Result.WARN, port.result());
            assertTrue(port.found().startsWith("127.0.0.1:" + taken.getLocalPort()), port.found());
        }
        assertEquals(Result.OK, Prerequisites.port(config("http: {port: 0}\n")).result());
        assertEquals(
                "no API is configured",
                Prerequisites.port(config("http: {enabled: false}\n")).found());
    }

    @Test
    void shouldPrintATable() {
        assertEquals(
                """
                prerequisites: 1 OK 1 WARN 1 FAIL
                  OK      heap              256 MiB
                  WARN    file descriptors  256 may be open: raise it
                  FAIL    free space        3 MiB of 64 MiB: free some\
                """,
                Prerequisites.table(List.of(WELL, POOR, FAILED)));
    }
}
