package io.plumbline.app.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingLogTest {
    @TempDir Path folder;

    private final List<String> faults = new ArrayList<>();

    @Test
    void linesAndRotation() throws IOException {
        final Path file = folder.resolve("sub/findings.ndjson");
        try (FindingLog log = new FindingLog(file, 10, 2, faults::add)) {
            for (int i = 0; i < 5; i++) {
                log.append("{\"a\":" + i + "}");
                log.flush();
            }
        }
        assertEquals("{\"a\":4}\n", Files.readString(file));
        assertEquals("{\"a\":3}\n", Files.readString(folder.resolve("sub/findings.ndjson.1")));
        assertEquals("{\"a\":2}\n", Files.readString(folder.resolve("sub/findings.ndjson.2")));
        assertTrue(Files.notExists(folder.resolve("sub/findings.ndjson.3")));
        assertEquals(List.of(), faults);
    }

    @Test
    void shouldEndATornLineBeforeTheNext() throws IOException {
        final Path file = folder.resolve("f");
        Files.writeString(file, "{\"whole\":1}\n{\"to");
        try (FindingLog log = new FindingLog(file, Long.MAX_VALUE, 0, faults::add)) {
            log.append("{}");
        }
        assertEquals("{\"whole\":1}\n{\"to\n{}\n", Files.readString(file));
    }

    @Test
    void shouldCountAndTellOnceWhatTheDiskDoesNotTake() throws IOException {
        final Path blocked = Files.writeString(folder.resolve("file"), "");
        final Path file = blocked.resolve("findings.ndjson");
        try (FindingLog log = new FindingLog(file, Long.MAX_VALUE, 0, faults::add)) {
            for (int i = 0; i < 3; i++) {
                log.append("{}");
                log.flush();
            }
            assertEquals(3, log.lost());
            assertEquals(1, faults.size());
            Files.delete(blocked);
            log.append("{\"after\":1}");
            log.flush();
        }
        assertEquals("{\"after\":1}\n", Files.readString(file));
    }
}
