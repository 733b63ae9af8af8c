package io.plumbline.app.report;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Findings of a file in its order. What is no finding is counted and passed over. One thread. */
public final class FindingsFile implements Closeable {
    /** Who tells of the monitor itself: that comes from no message, so a replay cannot find it. */
    private static final String SELF = "self";

    private final BufferedReader lines;
    private long line;
    private long unreadable;
    private long firstUnreadable;
    private long self;

    public FindingsFile(final Path file) throws IOException {
        lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file),
                                StandardCharsets.UTF_8
                                        .newDecoder()
                                        .onMalformedInput(CodingErrorAction.REPLACE)
                                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }

    /** The next finding, null at the end. */
    FindingLine next() throws IOException {
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            line++;
            final FindingLine found = text.isBlank() ? null : FindingLine.of(text);
            if (found != null && found.detector().equals(SELF)) {
                self++;
            } else if (found != null) {
                return found;
            } else if (!text.isBlank()) {
                unreadable++;
                firstUnreadable = unreadable == 1 ? line : firstUnreadable;
            }
        }
        return null;
    }

    /** Lines that are no findings. */
    long unreadable() {
        return unreadable;
    }

    /** The number of the first of them, from 1. */
    long firstUnreadable() {
        return firstUnreadable;
    }

    /** Findings of the monitor about itself, which were passed over. */
    long self() {
        return self;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
