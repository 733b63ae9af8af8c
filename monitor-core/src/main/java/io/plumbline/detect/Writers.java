package io.plumbline.detect;

import io.plumbline.market.WatchedKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The writers of the watched keys by dense id. Built once; allocates nothing afterwards. */
final class Writers {
    private final List<String> names = new ArrayList<>();
    private final int[] ofKey;
    private final int[] keys;

    Writers(final WatchedKeys watched) {
        ofKey = new int[watched.size()];
        final Map<String, Integer> ids = new HashMap<>();
        for (final WatchedKeys.WatchedKey key : watched.all()) {
            ofKey[key.id()] = ids.computeIfAbsent(key.writer(), name -> ids.size());
            if (ofKey[key.id()] == names.size()) {
                names.add(key.writer());
            }
        }
        keys = new int[names.size()];
        for (final int writer : ofKey) {
            keys[writer]++;
        }
    }

    int size() {
        return keys.length;
    }

    /** The writer of a key. */
    int of(final int key) {
        return ofKey[key];
    }

    String name(final int writer) {
        return names.get(writer);
    }

    /** How many keys it fills. */
    int keys(final int writer) {
        return keys[writer];
    }
}
