package io.plumbline.feed.redis.around;

import io.plumbline.feed.FeedContext;
import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.EventFeed;
import io.plumbline.feed.redis.KeyForm;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.RedisProbeServer;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;

/** A real Redis, the connection of its probes, and everything that they told. */
final class AroundRig implements AutoCloseable {
    /** A reading as a record. */
    record Told(
            ProbeKind kind,
            String target,
            String item,
            boolean failed,
            Map<Measure, Long> values,
            String text,
            String node) {
        long value(final Measure measure) {
            return values.getOrDefault(measure, Reading.NONE);
        }
    }

    final RedisProcess redis;
    final Jedis client;
    final SystemClock clock = new SystemClock();
    final ToldReadings readings = new ToldReadings();
    final List<Told> told = readings.told;
    final ProbeReport report;
    private final RedisProbeServer server;
    private final ProbeLink link;

    AroundRig(final RedisBinary binary, final Path folder) throws IOException {
        redis = new RedisProcess(binary.assumePresent(), folder, List.of()).start();
        client = redis.client();
        server = server("");
        link = server.open();
        report = readings.report(clock);
    }

    /** How its probes reach it, with {@code user:password@} or nothing. */
    RedisProbeServer server(final String userInfo) {
        return new RedisProbeServer(
                RedisSettings.parse("redis://" + userInfo + "127.0.0.1:" + redis.port())
                        .withName("main"),
                new Topology.Standalone());
    }

    /** A feed of channels whose messages are told here too. */
    EventFeed listen(final List<String> patterns) {
        return new EventFeed(
                server(""),
                patterns,
                List.of(new EventFeed.Results("pms:cmd:trade", new KeyForm("pms:result:{id}"))),
                3,
                new FeedContext(clock, readings, new Counters(), AroundRig::thread));
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    List<Told> all() {
        return readings.all();
    }

    /** One run. @return what it told */
    List<Told> run(final Probe<ProbeLink> probe) throws Exception {
        return readings.run(probe, link, report);
    }

    void await(final String what, final Callable<Boolean> condition) throws Exception {
        final long untilNs = clock.epochNanos() + 5_000_000_000L;
        while (!condition.call()) {
            if (clock.epochNanos() > untilNs) {
                throw new AssertionError(what + " did not come: " + told);
            }
            LockSupport.parkNanos(5_000_000L);
        }
    }

    @Override
    public void close() throws IOException {
        server.close(link);
        client.close();
        redis.close();
    }
}
