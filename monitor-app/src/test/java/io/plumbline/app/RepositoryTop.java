package io.plumbline.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the repository's top from wherever the tests run. */
public final class RepositoryTop {
    private RepositoryTop() {}

    /** The file or folder {@code name} of the top. */
    public static Path path(final String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("plumbline"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no launcher above " + Path.of("").toAbsolutePath());
            }
        }
        return folder.resolve(name);
    }
}
