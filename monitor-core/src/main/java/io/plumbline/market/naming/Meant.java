package io.plumbline.market.naming;

import java.util.List;

/**
 * What a name was meant to be.
 *
 * @param keys ids of the watched keys that it may stand for; several where the name does not tell
 *     them apart
 * @param difference in a few words, how the name differs from the first of them
 * @param doubtful whether it may as well belong to somebody else: it lacks the whole prefix, or is
 *     the right name of another instrument (the spot pair of a perpetual)
 */
public record Meant(List<Integer> keys, String difference, boolean doubtful) {
    public Meant {
        keys = List.copyOf(keys);
    }
}
