package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Not one path but all of them: given to a walk over a value, it remembers where every part of it
 * stands, as a value format would say it. Bounded; allocates, for cold paths only.
 */
final class PathList extends PathMatch {
    private static final int MOST = 64;

    private final List<String> trail = new ArrayList<>();
    private final List<String> found = new ArrayList<>();

    PathList() {
        super(WHOLE);
    }

    /** Every path that was walked, the first 64 of them. */
    List<String> found() {
        return List.copyOf(found);
    }

    @Override
    void reset() {
        trail.clear();
        found.clear();
    }

    @Override
    boolean isHere(final int path, final int depth) {
        if (trail.size() == depth && found.size() < MOST) {
            final String here = depth == 0 ? WHOLE : String.join(".", trail);
            if (!found.contains(here)) {
                found.add(here);
            }
        }
        return false;
    }

    @Override
    boolean enter(
            final int path, final int depth, final byte[] bytes, final int from, final int to) {
        return enter(depth, new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    boolean enter(final int path, final int depth, final long index) {
        return enter(depth, Long.toString(index));
    }

    private boolean enter(final int depth, final String name) {
        leave(depth);
        trail.add(name);
        return true;
    }

    @Override
    void leave(final int depth) {
        while (trail.size() > depth) {
            trail.remove(trail.size() - 1);
        }
    }
}
