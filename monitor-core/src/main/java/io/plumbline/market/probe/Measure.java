package io.plumbline.market.probe;

/**
 * The numbers that a reading may carry, by name. The code is written into journals: constants are
 * added, never renumbered. 1 to 127 for what stands around the price, from 128 for the health of
 * servers. What a server did not say is not given, never 0.
 */
public enum Measure {
    /** 1 when it is there, 0 when it is not. */
    EXISTS(1),
    /** The server's own clock when it was asked, ns since the epoch. */
    SERVER_NS(2);

    private static final Measure[] BY_CODE = new Measure[512];
    private static final int COUNT = values().length;

    static {
        for (final Measure measure : values()) {
            BY_CODE[measure.code] = measure;
        }
    }

    private final int code;

    Measure(final int code) {
        this.code = code;
    }

    /** The number that stands for this measure in a journal, 1 to 511. */
    public int code() {
        return code;
    }

    /** The measure of {@code code}, or null where a later version wrote it. */
    public static Measure ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    static int count() {
        return COUNT;
    }
}
