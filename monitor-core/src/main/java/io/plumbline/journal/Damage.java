package io.plumbline.journal;

import java.nio.file.Path;

/**
 * A place where a journal is not what its writer meant, or where the writer itself lost messages.
 *
 * @param offset where in the file
 * @param bytesSkipped bytes from there on that were not read; 0 when reading went on
 */
public record Damage(Path file, long offset, String reason, long bytesSkipped) {
    /** For a person. */
    public String sentence() {
        return file
                + " is damaged at byte "
                + offset
                + ": "
                + reason
                + "; "
                + bytesSkipped
                + " bytes skipped";
    }
}
