package io.plumbline.bench.figure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** What {@link FreshJvmsFigure} starts: prints what a message costs in this JVM, in ns. */
final class OneJvm {
    private OneJvm() {}

    /**
     * @param arguments whether the full form is meant, the folder of recordings, a folder for work
     */
    public static void main(final String[] arguments) throws IOException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        final Effort effort =
                new Effort(
                        Boolean.parseBoolean(arguments[0]),
                        Path.of(arguments[1]),
                        Path.of(arguments[2]));
        final Contest contest = new Contest(effort, Traffic.mixed(effort).size());
        final int engine = contest.add(new EnginePasses(Traffic.mixed(effort), null));
        System.out.println(contest.run().value(engine));
    }
}
