package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpolationTest {
    private final Interpolation interpolation =
            new Interpolation(Map.of("A", "one", "EMPTY", "", "NESTED", "${A} $1 \\")::get);
    private final List<String> warnings = new ArrayList<>();

    @TempDir private Path folder;

    @Test
    void variables() {
        assertEquals("one", interpolation.fill("${A}"));
        assertEquals("<one-one>", interpolation.fill("<${A}-${A}>"));
        assertEquals("one", interpolation.fill("${A:-two}"));
        assertEquals("two", interpolation.fill("${B:-two}"));
        assertEquals("", interpolation.fill("${B:-}"));
        assertEquals("a:-b", interpolation.fill("${B:-a:-b}"));
        assertEquals("", interpolation.fill("${EMPTY}"));
        assertEquals("two", interpolation.fill("${EMPTY:-two}"));
    }

    @Test
    void shouldNotFillInWhatWasFilledIn() {
        assertEquals("${A} $1 \\", interpolation.fill("${NESTED}"));
    }

    @Test
    void shouldLeaveOtherDollarsAlone() {
        assertEquals("$A $ $$ {A} px:{symbol}", interpolation.fill("$A $ $$ {A} px:{symbol}"));
    }

    @Test
    void shouldReadBackWhatItEscaped() {
        for (final String text : List.of("${A}", "a${", "$${A}", "$$${A}", "plain", "$")) {
            assertEquals(text, interpolation.fill(Interpolation.escape(text)), text);
            assertFalse(Interpolation.refers(Interpolation.escape(text)), text);
        }
        assertTrue(Interpolation.refers("x${A}"));
    }

    @Test
    void shouldNameTheMissingVariable() {
        final BadValue bad = assertThrows(BadValue.class, () -> interpolation.fill("x${B}"));
        assertEquals(
                "needs the environment variable B, which is not set; set it, or write"
                        + " ${B:-default}",
                bad.getMessage());
        assertThrows(BadValue.class, () -> interpolation.fill("${A"));
        assertThrows(BadValue.class, () -> interpolation.fill("${}"));
        assertThrows(BadValue.class, () -> interpolation.fill("${A B}"));
        assertThrows(BadValue.class, () -> interpolation.fill("${file:/etc/hostname}"));
    }

    @Test
    void shouldReadSecretsFromFilesWithoutTheLastLineEnd() throws IOException {
        final Path file = folder.resolve("secret");
        Files.writeString(file, " pass word\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(" pass word", secret(file));
        assertEquals(List.of(), warnings);
    }

    @Test
    void shouldWarnOfASecretThatEveryoneCanRead() throws IOException {
        final Path file = folder.resolve("secret");
        Files.writeString(file, "hunter2");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals("hunter2", secret(file));
        assertEquals(
                List.of("every user of this machine can read " + file + "; chmod 600 it"),
                warnings);
    }

    @Test
    void shouldNameTheMissingFile() {
        final Path file = folder.resolve("none");
        final BadValue bad = assertThrows(BadValue.class, () -> secret(file));
        assertEquals(
                "needs the file " + file + ", which is not there; create it", bad.getMessage());
    }

    @Test
    void shouldRefuseLargeAndBinaryFiles() throws IOException {
        final Path large = folder.resolve("large");
        Files.write(large, new byte[64 * 1024 + 1]);
        assertThrows(BadValue.class, () -> secret(large));
        final Path binary = folder.resolve("binary");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThrows(BadValue.class, () -> secret(binary));
        assertThrows(BadValue.class, () -> secret(folder));
    }

    private String secret(final Path file) {
        return interpolation.fillSecret("${file:" + file + "}", warnings::add);
    }
}
