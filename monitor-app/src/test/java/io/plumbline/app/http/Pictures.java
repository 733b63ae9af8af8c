package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * What a page looks like, narrow and wide, light and dark: never wider than the window, and kept
 * where {@code -Dplumbline.pictures=DIR} says so.
 */
public final class Pictures {
    private static final long SETTLE_NS = 1_500_000_000L;

    private Pictures() {}

    public static void take(final Browser browser, final String name) throws IOException {
        final String folder = System.getProperty("plumbline.pictures");
        for (final int width : new int[] {400, 1_600}) {
            for (final boolean dark : new boolean[] {false, true}) {
                browser.show(width, width == 400 ? 800 : 1_000, dark);
                browser.until("document.documentElement.clientWidth <= " + width);
                assertTrue(
                        browser.value("document.documentElement.scrollWidth <= " + width)
                                .asBoolean(),
                        name + " is wider than " + width);
                if (folder != null) {
                    LockSupport.parkNanos(SETTLE_NS);
                    final String file = name + "-" + width + (dark ? "-dark" : "-light") + ".png";
                    Files.createDirectories(Path.of(folder));
                    Files.write(Path.of(folder, file), browser.picture());
                }
            }
        }
    }
}
