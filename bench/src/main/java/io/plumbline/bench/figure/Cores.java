package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.List;

/**
 * Who runs where: a sender that spins has the first core, receivers have the others. Otherwise the
 * scheduler lets a receiver wait for milliseconds behind the sender, ours more often as it has more
 * threads, and its delays would be the scheduler's.
 */
final class Cores {
    private static final int COUNT = Runtime.getRuntime().availableProcessors();

    private static boolean kept;

    private Cores() {}

    /** Keeps this process, with all its threads, on the first core. */
    static void keepSenderApart() throws IOException, InterruptedException {
        if (apart()) {
            final String self = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("taskset", "-a", "-c", "-p", "0", self)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            kept = true;
        }
    }

    /** The words before a receiver's command: none where the sender has no core of its own. */
    static List<String> ofReceiver() {
        return kept ? List.of("taskset", "-c", "1-" + (COUNT - 1)) : List.of();
    }

    private static boolean apart() {
        return COUNT > 1 && OutsideReader.isOnPath("taskset");
    }
}
