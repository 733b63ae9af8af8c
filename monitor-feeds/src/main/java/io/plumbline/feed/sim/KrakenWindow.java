package io.plumbline.feed.sim;

import io.plumbline.feed.sim.MarketMove.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The best levels of a book as one client was sent them, so many a side. What falls out at the far
 * end is never deleted: the client is to cut its own copy; what comes back in is an ordinary entry.
 */
final class KrakenWindow {
    private static final int SUMMED = 10;

    private final int depth;
    private List<Level> bids;
    private List<Level> asks;

    KrakenWindow(final int depth) {
        this.depth = depth;
    }

    /** Whether a snapshot was sent. */
    boolean begun() {
        return bids != null;
    }

    /**
     * Moves on to the book after a move.
     *
     * @return the changes of both sides since the last one, or all levels the first time
     */
    List<Level> changes(final MarketMove.Book book) {
        final List<Level> nextBids = best(book.bids());
        final List<Level> nextAsks = best(book.asks());
        final List<Level> changes = new ArrayList<>();
        changes(begun() ? bids : List.of(), nextBids, changes);
        changes(begun() ? asks : List.of(), nextAsks, changes);
        bids = nextBids;
        asks = nextAsks;
        return changes;
    }

    /** CRC32 over the ten best asks, then bids: digits without point and leading zeros. */
    long checksum() {
        final StringBuilder text = new StringBuilder();
        for (final List<Level> side : List.of(asks, bids)) {
            for (final Level level : side.subList(0, Math.min(SUMMED, side.size()))) {
                text.append(digits(level.price())).append(digits(level.size()));
            }
        }
        final CRC32 sum = new CRC32();
        sum.update(text.toString().getBytes(StandardCharsets.US_ASCII));
        return sum.getValue();
    }

    private List<Level> best(final List<Level> side) {
        return List.copyOf(side.subList(0, Math.min(depth, side.size())));
    }

    private void changes(
            final List<Level> before, final List<Level> after, final List<Level> changes) {
        final Map<String, Level> gone = new LinkedHashMap<>();
        for (final Level level : before) {
            gone.put(level.price(), level);
        }
        for (final Level level : after) {
            final Level known = gone.remove(level.price());
            if (known == null || !known.size().equals(level.size())) {
                changes.add(level);
            }
        }
        for (final Level level : gone.values()) {
            if (after.size() < depth || !isBehind(level, after.get(depth - 1))) {
                changes.add(new Level(level.bid(), level.price(), "0"));
            }
        }
    }

    private static boolean isBehind(final Level level, final Level last) {
        final int order = new BigDecimal(level.price()).compareTo(new BigDecimal(last.price()));
        return level.bid() ? order < 0 : order > 0;
    }

    private static String digits(final String number) {
        final String plain = number.replace(".", "");
        int zeros = 0;
        while (zeros < plain.length() - 1 && plain.charAt(zeros) == '0') {
            zeros++;
        }
        return plain.substring(zeros);
    }
}
