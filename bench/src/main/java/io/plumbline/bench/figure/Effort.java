package io.plumbline.bench.figure;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much is put into a figure.
 *
 * @param full for the table of bench/README.md; else short, for CI
 * @param feeds folder of recordings; may be absent
 * @param work a folder of this run's own
 */
public record Effort(boolean full, Path feeds, Path work) {
    /** How long each contender runs before anything counts. */
    public long warmNs() {
        return full ? 4_000_000_000L : 900_000_000L;
    }

    /** How long one turn of a contender is meant to take. */
    public long turnNs() {
        return full ? 60_000_000L : 30_000_000L;
    }

    /** How many different messages are decoded over and over. */
    public int messages() {
        return full ? 20_000 : 8_000;
    }

    /** How often each contender has its turn. */
    public int rounds() {
        return full ? 41 : 9;
    }

    public boolean hasFeeds() {
        return Files.isDirectory(feeds);
    }
}
