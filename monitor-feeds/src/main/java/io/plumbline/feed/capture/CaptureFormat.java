package io.plumbline.feed.capture;

/** The forms in which recordings come. The label is what commands and reports call them. */
public enum CaptureFormat {
    /** {@code <receive time> <frame>} a line; the time in s, ms, us or ns since the epoch. */
    LINES("lines"),

    /**
     * Tardis raw: 28 characters of ISO time with 100 ns digits, a space, the frame; an empty line
     * where the connection was lost.
     */
    TARDIS("tardis"),

    /** cryptofeed's text: {@code <epoch seconds>: <frame>}, arrows for what else happened. */
    CRYPTOFEED_TEXT("cryptofeed-text"),

    /** cryptofeed's JSON lines: header, connect, send, recv, http. */
    CRYPTOFEED_JSONL("cryptofeed-jsonl");

    private final String label;

    CaptureFormat(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    CaptureLine lines() {
        return switch (this) {
            case LINES -> new RawLine();
            case TARDIS -> new TardisLine();
            case CRYPTOFEED_TEXT -> new CryptofeedText();
            case CRYPTOFEED_JSONL -> new CryptofeedJsonl();
        };
    }
}
