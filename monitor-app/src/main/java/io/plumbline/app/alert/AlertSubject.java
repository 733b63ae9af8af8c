package io.plumbline.app.alert;

/**
 * What an alert is about, out of its dedup key: {@code detector|venue|instrument|key}. Parts that
 * the key does not have (a key that was too long and ends in a hash may lack some) are "".
 */
record AlertSubject(String detector, String venue, String instrument, String key) {
    static AlertSubject of(final Alert alert) {
        final String[] parts = alert.dedupKey().split("\\|", 4);
        return new AlertSubject(part(parts, 0), part(parts, 1), part(parts, 2), part(parts, 3));
    }

    private static String part(final String[] parts, final int index) {
        return index < parts.length ? parts[index] : "";
    }

    /** The most exact name there is: the key, else the instrument, else the venue. */
    String component() {
        return !key.isEmpty() ? key : !instrument.isEmpty() ? instrument : venue;
    }
}
