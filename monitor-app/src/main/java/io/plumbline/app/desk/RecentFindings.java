package io.plumbline.app.desk;

import java.util.ArrayDeque;
import java.util.List;

/** The last findings as JSON lines, oldest first. When full, the oldest makes room. Any thread. */
final class RecentFindings {
    private final int capacity;
    private final ArrayDeque<String> lines = new ArrayDeque<>();

    RecentFindings(final int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(final String line) {
        if (lines.size() == capacity) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
