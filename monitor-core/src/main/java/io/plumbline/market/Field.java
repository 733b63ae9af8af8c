package io.plumbline.market;

import java.util.Locale;

/** The field of a venue's stream that a Redis key is declared to carry. */
public enum Field {
    LAST,
    BID,
    ASK,
    MID,
    MARK,
    INDEX;

    /** Whether it is computed, so that it need not lie on the tick grid. */
    public boolean isDerived() {
        return this == MID || this == MARK || this == INDEX;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field of this label, or null. */
    public static Field ofLabel(final String label) {
        for (final Field field : values()) {
            if (field.label().equals(label)) {
                return field;
            }
        }
        return null;
    }
}
