package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.ProbeLink;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.Protocol.Command;

/** A walk over the keys of a pattern (SCAN, which blocks nobody), over several runs if need be. */
final class KeyWalk {
    private static final String START = "0";
    private static final String KEYS_PER_STEP = "500";

    private final String glob;
    private String cursor = START;

    KeyWalk(final String glob) {
        this.glob = glob;
    }

    /** Goes on while there is time. @return whether it came to the end and begins anew */
    boolean run(final ProbeLink redis, final ProbeReport report, final Consumer<String> found) {
        do {
            final List<?> step =
                    ProbeLink.list(
                            redis.ask(Command.SCAN, cursor, "MATCH", glob, "COUNT", KEYS_PER_STEP));
            cursor = ProbeLink.text(step.get(0));
            ProbeLink.list(step.get(1)).forEach(key -> found.accept(ProbeLink.text(key)));
        } while (!START.equals(cursor) && report.hasTime());
        return START.equals(cursor);
    }
}
