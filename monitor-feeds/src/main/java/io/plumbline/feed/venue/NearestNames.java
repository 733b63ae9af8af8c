package io.plumbline.feed.venue;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The names that a misspelt one was probably meant to be: cold path. */
public final class NearestNames {
    private NearestNames() {}

    /** Up to {@code most} of {@code names}, the nearest to {@code wanted} first. */
    public static List<String> of(
            final String wanted, final Collection<String> names, final int most) {
        final int farthest = Math.max(2, wanted.length() / 2);
        record Candidate(String name, int distance) {}
        return names.stream()
                .map(name -> new Candidate(name, distance(wanted, name)))
                .filter(c -> c.distance <= farthest || c.name.startsWith(wanted))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(most)
                .map(Candidate::name)
                .toList();
    }

    /** How many characters must be inserted, removed or replaced (Levenshtein). */
    private static int distance(final String from, final String to) {
        int[] previous = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                final int replaced =
                        previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
            }
            final int[] spare = previous;
            previous = row;
            row = spare;
        }
        return previous[to.length()];
    }
}
