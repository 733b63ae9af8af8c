package io.plumbline.app.universe;

import io.plumbline.app.config.Config;
import java.util.List;

/**
 * What a configuration comes to.
 *
 * @param config every symbol named, nothing left to conclude
 * @param failures why something is not concluded yet, to be tried again; one sentence each
 * @param overruns where there is more than may be watched; one sentence each
 * @param unknown what nobody lists, with the nearest names; one sentence each
 */
public record Conclusion(
        Config config, List<String> failures, List<String> overruns, List<String> unknown) {
    public Conclusion {
        failures = List.copyOf(failures);
        overruns = List.copyOf(overruns);
        unknown = List.copyOf(unknown);
    }

    /** Whether everybody who had to be asked has answered. */
    public boolean isWhole() {
        return failures.isEmpty();
    }

    /** What is missing of the universe, for people; "" where nothing is. */
    public String missing() {
        final List<String> all = new java.util.ArrayList<>(failures);
        all.addAll(overruns);
        return String.join("; ", all);
    }
}
