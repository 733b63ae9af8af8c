package io.plumbline.bench.figure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * What {@link FreshJvmsFigure} starts: prints what a message costs in this JVM at best, in times of
 * what it costs the reader in C, in ns where there is none.
 */
final class OneJvm {
    private static final int WARM_PASSES = 100;

    private OneJvm() {}

    /**
     * @param arguments whether the full form is meant, the folder of recordings, a folder for work
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        final Effort effort =
                new Effort(
                        Boolean.parseBoolean(arguments[0]),
                        Path.of(arguments[1]),
                        Path.of(arguments[2]));
        final Corpus corpus = Traffic.mixed(effort);
        final Contest contest = new Contest(effort, corpus.size());
        final Contender passes = new EnginePasses(corpus, null);
        // By count, not by the clock: on a busy machine a second may not be enough to be compiled.
        passes.run(WARM_PASSES);
        final int engine = contest.add(passes);
        if (CReader.canBeBuilt()) {
            try (CReader reader = CReader.of(corpus, effort)) {
                final int c = contest.add(reader);
                contest.run();
                System.out.println(contest.least(engine) / contest.least(c));
            }
        } else {
            System.out.println(contest.run().least(engine));
        }
    }
}
