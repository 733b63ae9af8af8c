package io.plumbline.market;

/** What an event does to the order book of its instrument. */
public enum BookAction {
    /** It carries no levels. */
    NONE,
    /** Its levels are the whole book: whatever was known before is void. */
    SNAPSHOT,
    /** Its levels change the book; a size of zero takes a level out. */
    DELTA,
    /** Its levels are only the top of the book, sent whole each time: no book is built from it. */
    WINDOW
}
