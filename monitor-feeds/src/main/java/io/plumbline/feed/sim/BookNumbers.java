package io.plumbline.feed.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Numbers of books that are the venue's, the same on every connection: given out where a move is
 * first worded.
 */
final class BookNumbers {
    /** The last book of an instrument and the number before its first change. */
    private record Numbered(MarketMove.Book book, long before) {}

    private final long first;
    private final ToIntFunction<MarketMove.Book> width;
    private final Map<String, Numbered> numbers = new HashMap<>();

    /**
     * @param first the number before the first book of an instrument
     * @param width how many numbers a book takes
     */
    BookNumbers(final long first, final ToIntFunction<MarketMove.Book> width) {
        this.first = first;
        this.width = width;
    }

    /** The number before the first change of this book. */
    synchronized long before(final String instrument, final MarketMove.Book book) {
        final Numbered last = numbers.get(instrument);
        if (last != null && last.book == book) {
            return last.before;
        }
        final long before = last == null ? first : last.before + width.applyAsInt(last.book);
        numbers.put(instrument, new Numbered(book, before));
        return before;
    }
}
