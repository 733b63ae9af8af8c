package io.plumbline.app.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rules' keys look written by one process: half of the writes of the one come within 3 ms of
 * a write of the other, and thrice as many as chance would have it.
 */
final class Writers {
    private static final long TOGETHER_NS = 3_000_000L;
    private static final int LEAST_SHARE = 500;
    private static final int TIMES_CHANCE = 3;
    private static final int FEWEST = 10;

    private Writers() {}

    /** Names the writer of each rule of a server. */
    static void name(final List<ProposedRule> rules) {
        final Map<ProposedRule, ProposedRule> leaders = new HashMap<>();
        final List<ProposedRule> named = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final ProposedRule rule : rules) {
            final ProposedRule leader =
                    named.stream()
                            .filter(other -> together(rule.writesNs(), other.writesNs()))
                            .findFirst()
                            .map(leaders::get)
                            .orElse(rule);
            leaders.put(rule, leader);
            named.add(rule);
            if (leader == rule) {
                final String words = rule.words().isEmpty() ? "writer" : rule.words();
                String name = words;
                for (int n = 2; !names.add(name); n++) {
                    name = words + '-' + n;
                }
                rule.writtenBy(name);
            } else {
                rule.writtenBy(leader.writer());
            }
        }
    }

    static boolean together(final long[] one, final long[] other) {
        final long[] few = one.length <= other.length ? one : other;
        final long[] many = few == one ? other : one;
        if (few.length < FEWEST) {
            return false;
        }
        int hits = 0;
        int at = 0;
        for (final long writeNs : few) {
            while (at < many.length && many[at] < writeNs - TOGETHER_NS) {
                at++;
            }
            hits += at < many.length && many[at] <= writeNs + TOGETHER_NS ? 1 : 0;
        }
        final long spanNs = Math.max(1, many[many.length - 1] - many[0]);
        final long chance =
                Math.min(1_000, many.length * 2 * TOGETHER_NS / Math.max(1, spanNs / 1_000));
        final long share = hits * 1_000L / few.length;
        return share >= LEAST_SHARE && share >= Math.min(950, TIMES_CHANCE * chance);
    }
}
