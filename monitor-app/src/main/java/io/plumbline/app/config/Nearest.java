package io.plumbline.app.config;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what a person most likely meant. */
public final class Nearest {
    private static final int LONGEST = 100;
    private static final int MOST_LISTED = 40;

    private Nearest() {}

    /**
     * A sentence part for an unknown word: {@code did you mean "tick"?} when one of {@code known}
     * is near, else the list of them.
     */
    public static String advice(final String word, final Collection<String> known) {
        final String nearest = of(word, known);
        if (nearest != null) {
            return "did you mean \"" + nearest + "\"?";
        }
        if (known.isEmpty()) {
            return "there is none to choose";
        }
        final String listed = known.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        final int untold = known.size() - MOST_LISTED;
        return "known: " + listed + (untold > 0 ? " and " + untold + " more" : "");
    }

    /** The nearest of {@code known}, the first of equals, or null when none is near. */
    public static String of(final String word, final Collection<String> known) {
        if (word.length() > LONGEST) {
            return null;
        }
        String nearest = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (final String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) >= least) {
                continue;
            }
            final int distance =
                    distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(final String a, final String b) {
        final int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                final int replaced =
                        cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
