package io.plumbline.bench.figure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.channel.EventLoopGroup;
import io.plumbline.app.watch.Watch;
import io.plumbline.bench.PhaseLines;
import io.plumbline.bench.Recorder;
import io.plumbline.bench.World;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.websocket.SocketLoops;
import io.plumbline.feed.websocket.WebSocketFeed;
import io.plumbline.feed.websocket.WebSocketSettings;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.Pace;
import io.plumbline.inbound.WaitKind;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A process of its own that receives what a {@link PacedServer} sends and judges it: socket, feed,
 * ring, journal and engine as they run live. It prints the lines of {@link PhaseLines}.
 */
public final class VerdictReceiver {
    private static final int CELLS = 1 << 16;
    private static final int CELL_BYTES = 256;
    private static final int LONGEST = 8 << 20;
    private static final long CLOSE_NS = 5_000_000_000L;
    private static final int PHASES_FROM = 4;

    private VerdictReceiver() {}

    /**
     * @param words port, journal folder, the pace of sockets and engine, how much longer than it
     *     needs the engine takes for a message, ns, and of each phase how many messages it has
     */
    public static void main(final String[] words) throws IOException, InterruptedException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        final int port = Integer.parseInt(words[0]);
        final Pace pace = Pace.valueOf(words[2]);
        final AtomicLong found = new AtomicLong();
        final World world =
                new World(1, "250ms", new InlineFindings(finding -> found.incrementAndGet()));
        final PhaseLines lines =
                new PhaseLines(
                        world.counters,
                        found,
                        Stream.of(words).skip(PHASES_FROM).mapToLong(Long::parseLong).toArray());
        final EventLoopGroup loops = SocketLoops.of("feed-io", pace);
        final InboundRing ring =
                new InboundRing(
                        new InboundRing.Settings(
                                CELLS, CELL_BYTES, WaitKind.TIMEOUT_BLOCKING, LONGEST),
                        world.watch.sources().size(),
                        world.counters,
                        VerdictReceiver::thread,
                        new Faults());
        final Recorder journal = Recorder.live(Path.of(words[1]), world);
        ring.start(
                new InboundRing.Role("journal", journal.handler(), Pace.NAPS),
                new InboundRing.Role(
                        "engine",
                        lines.behind(slowed(world.engine, Long.parseLong(words[3]))),
                        pace));
        final Watch.VenueLink link = world.watch.venues().get(0);
        final WebSocketFeed feed =
                new WebSocketFeed(
                        link.venue(),
                        new Venue.ConnectionPlan(
                                "main",
                                URI.create("ws://127.0.0.1:" + port + "/stream"),
                                List.of("btcusdt@bookTicker")),
                        link.source(),
                        new FeedContext(
                                new SystemClock(), ring, world.counters, VerdictReceiver::thread),
                        loops,
                        WebSocketSettings.defaults(),
                        new Random(1),
                        new RequestBudget(10, 1_000_000_000L));
        feed.start();
        final List<String> told = lines.await();
        feed.close();
        ring.close(CLOSE_NS);
        journal.end();
        told.forEach(System.out::println);
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The engine, which may take longer than it needs. */
    private static InboundHandler slowed(final InboundHandler engine, final long moreNs) {
        return moreNs == 0
                ? engine
                : message -> {
                    engine.onMessage(message);
                    final long untilNs = System.nanoTime() + moreNs;
                    while (System.nanoTime() < untilNs) {
                        Thread.onSpinWait();
                    }
                };
    }

    /** What is measured after a fault is not what is told: the process says which, and ends. */
    private static final class Faults implements ConsumerFaults {
        @Override
        public void onFault(final String role, final Throwable thrown) {
            thrown.printStackTrace();
            Runtime.getRuntime().halt(1);
        }

        @Override
        public void onFatal(final String role, final Error error) {
            onFault(role, error);
        }
    }
}
