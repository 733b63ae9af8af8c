package io.plumbline.feed.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The fewest useful prefixes that cover a set of keys without overlapping: what the server is asked
 * to filter by. A group of keys is split at the first place where its names differ, as long as what
 * they share holds no separator and the {@link #LIMIT} is kept.
 */
final class KeyPrefixes {
    /** The most prefixes asked for; beyond it the server filters less and we more. */
    static final int LIMIT = 16;

    private static final String SEPARATORS = ":./-_|{";

    private KeyPrefixes() {}

    /** The prefixes of {@code names}; [""] when nothing is shared, never empty. */
    static List<String> of(final List<String> names) {
        final List<List<String>> groups = new ArrayList<>();
        groups.add(names);
        boolean split = true;
        while (split) {
            split = false;
            for (int i = 0; i < groups.size() && !split; i++) {
                final List<List<String>> parts = split(groups.get(i));
                if (parts.size() > 1 && groups.size() - 1 + parts.size() <= LIMIT) {
                    groups.remove(i);
                    groups.addAll(i, parts);
                    split = true;
                }
            }
        }
        return groups.stream().map(KeyPrefixes::shared).distinct().toList();
    }

    private static List<List<String>> split(final List<String> names) {
        final String shared = shared(names);
        final boolean told = shared.chars().anyMatch(c -> SEPARATORS.indexOf(c) >= 0);
        if (told || names.size() < 2 || names.contains(shared)) {
            return List.of(names);
        }
        final TreeMap<Character, List<String>> parts = new TreeMap<>();
        for (final String name : names) {
            parts.computeIfAbsent(name.charAt(shared.length()), first -> new ArrayList<>())
                    .add(name);
        }
        return List.copyOf(parts.values());
    }

    private static String shared(final List<String> names) {
        String shared = names.isEmpty() ? "" : names.get(0);
        for (final String name : names) {
            int length = 0;
            while (length < shared.length()
                    && length < name.length()
                    && shared.charAt(length) == name.charAt(length)) {
                length++;
            }
            shared = shared.substring(0, length);
        }
        return shared;
    }
}
