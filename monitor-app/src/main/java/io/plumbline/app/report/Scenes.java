package io.plumbline.app.report;

import io.plumbline.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** The scenes of a report: a bounded number, of which the worse displace the less bad. */
final class Scenes {
    /** Scenes of one report. */
    static final int MOST = 120;

    /** Scenes of one price in one run. */
    static final int MOST_OF_ONE = 6;

    private final List<Scene> kept = new ArrayList<>();
    private long leftOut;

    /** Whether {@code scene}, which begins with a finding of this severity, is to be kept. */
    boolean admit(final Scene scene, final Severity severity) {
        if (scene.track.scenes >= MOST_OF_ONE) {
            leftOut++;
            return false;
        }
        if (kept.size() >= MOST) {
            leftOut++;
            final int least = least();
            if (kept.get(least).severity().compareTo(severity) >= 0) {
                return false;
            }
            kept.remove(least);
        }
        kept.add(scene);
        return true;
    }

    /** The last one of the least severity. */
    private int least() {
        int least = kept.size() - 1;
        for (int i = least - 1; i >= 0; i--) {
            if (kept.get(i).severity().compareTo(kept.get(least).severity()) < 0) {
                least = i;
            }
        }
        return least;
    }

    /** In the order in which they began. */
    List<Scene> all() {
        return List.copyOf(kept);
    }

    /** How often something was found beside a scene that could not be kept. */
    long leftOut() {
        return leftOut;
    }
}
