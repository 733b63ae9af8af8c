package io.plumbline.app;

import io.plumbline.app.LiveRig.Seen;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A server that no test breaks, and its pulse: on a machine that stands still for longer than a
 * writer may be late an honest writer is late, and saying so is right.
 */
final class MachineWitness implements AutoCloseable {
    private static final long ECHO_NS = 1_500_000_000L;

    private final RedisProcess server;
    private final Pulse pulse;

    MachineWitness(final Path folder) throws IOException {
        server = new RedisProcess(RedisBinary.EMBEDDED.assumePresent(), folder, List.of()).start();
        pulse = new Pulse(server, ECHO_NS);
    }

    /** What is neither allowed nor lateness of the machine's own. */
    List<Seen> unearned(final List<Seen> found, final Set<FindingKind> allowed) {
        final Set<String> machines = new HashSet<>();
        final List<Seen> unearned = new ArrayList<>();
        for (final Seen each : found) {
            final boolean machine =
                    each.edge() == Edge.CLOSE
                            ? machines.contains(each.fingerprint())
                            : isLateness(each.kind()) && pulse.stoodStillBefore(each.atNs());
            if (machine) {
                machines.add(each.fingerprint());
            } else if (!allowed.contains(each.kind())) {
                unearned.add(each);
            }
        }
        if (!machines.isEmpty()) {
            System.out.println("late with the machine: " + machines + ", " + pulse);
        }
        return unearned;
    }

    private static boolean isLateness(final FindingKind kind) {
        return kind.name().startsWith("PRICE_") || kind.name().startsWith("WRITER_");
    }

    /** When writes may have gone unseen because everything stood still. */
    List<WriteAccount.Blind> echoes() {
        return pulse.echoes();
    }

    @Override
    public String toString() {
        return pulse.toString();
    }

    @Override
    public void close() {
        pulse.close();
        server.close();
    }
}
