package io.plumbline.app.config;

import static io.plumbline.app.config.ConfigText.MINIMAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that are files, and those that are not. */
class ConfigFilesTest {
    @TempDir private Path folder;

    @Test
    void files() throws IOException, ConfigException {
        final ConfigLoader loader = new ConfigText(Map.of()).loader();
        final Path good = Files.writeString(folder.resolve("good.yaml"), "\uFEFF" + MINIMAL);
        assertEquals("spot", loader.load(good).venues().get(0).name());
        assertProblem(loader, folder.resolve("none.yaml"), "there is no such file; see config/");
        assertProblem(loader, folder, "a directory; name the YAML file in it");
        final Path latin = folder.resolve("latin.yaml");
        Files.write(latin, new byte[] {'a', ':', ' ', (byte) 0xe4});
        assertProblem(loader, latin, "not UTF-8; save the file as UTF-8");
        final Path large = folder.resolve("large.yaml");
        Files.write(large, new byte[(1 << 20) + 1]);
        assertProblem(loader, large, "larger than 1 MiB; this is no configuration");
        final Path trust = folder.resolve("trust.yaml");
        Files.writeString(
                trust, "venues: [{name: spot, symbols: [BTC/USDT], trust: /none/ca.pem}]");
        assertProblem(
                loader,
                trust,
                "1:51: venues[0].trust: \"/none/ca.pem\" cannot be read; write the PEM file");
    }

    private static void assertProblem(
            final ConfigLoader loader, final Path file, final String expected) {
        final ConfigException failure =
                assertThrows(ConfigException.class, () -> loader.load(file));
        assertEquals(1, failure.problems().size(), failure.getMessage());
        final String start = file + (expected.matches("\\d.*") ? ":" : ": ") + expected;
        assertEquals(
                start,
                failure.getMessage()
                        .substring(0, Math.min(start.length(), failure.getMessage().length())));
    }
}
