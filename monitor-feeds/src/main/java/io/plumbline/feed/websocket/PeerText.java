package io.plumbline.feed.websocket;

/** A peer's words inside our messages: one line, no control characters, bounded. */
final class PeerText {
    private static final int MOST_CHARACTERS = 160;

    private PeerText() {}

    static String printable(final String text) {
        final String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }
}
