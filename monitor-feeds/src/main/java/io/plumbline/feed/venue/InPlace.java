package io.plumbline.feed.venue;

/**
 * How far the data of a message is that is read where it stands, in one pass: it counts only when
 * the message is legal to its end and nothing behind it says otherwise.
 */
enum InPlace {
    /** It has not come, or was passed over. */
    UNREAD,
    /** It was read where it stands. */
    READ,
    /** What was read is void: the message is gone through again, its parts sought first. */
    VOID
}
