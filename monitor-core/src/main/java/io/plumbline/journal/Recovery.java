package io.plumbline.journal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a start found in a segment that its writer never closed.
 *
 * @param segment the file as it stands now
 * @param keptRecords whole records before the first bad one
 * @param lostBytes bytes from the first bad record on: cut off
 * @param reason what was bad, or "clean"
 * @param corrupt where the cut-off bytes were put
 */
public record Recovery(
        Path segment, long keptRecords, long lostBytes, String reason, Optional<Path> corrupt) {}
