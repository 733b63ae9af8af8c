package io.plumbline.feed.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One connection of a recording that names its connections.
 *
 * @param name the recorder's name for it
 * @param guess the venue that its address names; empty where that tells nothing
 */
public record CapturedConnection(String name, Optional<VenueGuess> guess) {

    /**
     * The connections of a recording, in the order of the file; none where its format does not name
     * them. Reads such a recording to its end: a connection may begin anywhere.
     */
    public static List<CapturedConnection> of(final Path path) throws IOException {
        final Map<String, Optional<VenueGuess>> guesses = new LinkedHashMap<>();
        try (CaptureReader reader = Captures.open(path)) {
            final CaptureRecord record = new CaptureRecord();
            while (reader.format() == CaptureFormat.CRYPTOFEED_JSONL && reader.next(record)) {
                if (record.kind != CaptureRecord.Kind.HTTP) {
                    final Optional<VenueGuess> known =
                            guesses.computeIfAbsent(record.connection, name -> Optional.empty());
                    if (known.isEmpty() && !record.url.isEmpty()) {
                        guesses.put(record.connection, VenueGuess.ofAddress(record.url));
                    }
                }
            }
        }
        final List<CapturedConnection> connections = new ArrayList<>();
        guesses.forEach((name, guess) -> connections.add(new CapturedConnection(name, guess)));
        return connections;
    }
}
