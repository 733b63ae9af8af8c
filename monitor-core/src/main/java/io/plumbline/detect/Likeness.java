package io.plumbline.detect;

/** How alike two names are: for the suspicion that a field was renamed. Cold path. */
final class Likeness {
    private Likeness() {}

    /** Whether one may be the other, renamed: few edits, or one within the other. */
    static boolean alike(final String one, final String other) {
        final String a = plain(one);
        final String b = plain(other);
        if (a.isEmpty() || b.isEmpty()) {
            return false;
        }
        return a.contains(b)
                || b.contains(a)
                || distance(a, b) <= Math.max(1, Math.min(a.length(), b.length()) / 3);
    }

    /** The last name of a path, without case and underscores. */
    private static String plain(final String path) {
        final String name = path.substring(path.lastIndexOf('.') + 1);
        return name.replace("_", "").replace("[]", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static int distance(final String a, final String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int swap = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], before[j]) + 1, before[j - 1] + swap);
            }
            before = row;
        }
        return before[b.length()];
    }
}
