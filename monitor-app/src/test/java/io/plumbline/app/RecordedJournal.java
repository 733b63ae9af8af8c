package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.watch.Watch;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.journal.JournalEvents;
import io.plumbline.journal.JournalSettings;
import io.plumbline.journal.JournalWriter;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A run of the monitor as its journal tells it, written by a test. */
final class RecordedJournal implements AutoCloseable {
    static final long START_NS = 1_723_161_256_000_000_000L;
    static final String PUBLIC = "binance-usdm/public";
    static final String MARKET = "binance-usdm/market";
    static final String REDIS = "redis/main";
    static final String BOTH =
            "venues: [{name: binance-usdm, symbols: [\"BTC/USDT:USDT\", \"ETH/USDT:USDT\"],"
                    + " channels: [aggTrade, trade]}]\n"
                    + "redis: [{name: main, uri: \"redis://127.0.0.1:6379\", keys:"
                    + " [{pattern: \"pms:price:{symbol}\", venue: binance-usdm,"
                    + " reference: last}]}]\n";
    static final String ONE_VENUE_SOURCE =
            "venues: [{name: binance-usdm, symbols: [\"BTC/USDT:USDT\", \"ETH/USDT:USDT\"],"
                    + " channels: [aggTrade]}]\n";

    private static final long MS_NS = 1_000_000L;

    private final Watch watch;
    private final JournalWriter writer;
    private final InboundMessage message = new InboundMessage();
    private long nowNs = START_NS;
    private Runnable again = () -> {};

    RecordedJournal(final Path directory, final String yaml) throws IOException, ConfigException {
        final Config config =
                new ConfigLoader(InstalledVenues.list(), name -> null, warning -> {})
                        .parse("test", yaml);
        final JournalSettings defaults = JournalSettings.defaults(directory);
        watch = new Watch(config);
        writer =
                new JournalWriter(
                        new JournalSettings(
                                directory,
                                defaults.segmentBytes(),
                                defaults.bufferBytes(),
                                MS_NS,
                                defaults.maxAgeNs(),
                                defaults.maxBytes(),
                                0,
                                0,
                                defaults.retryPauseNs()),
                        config.toYaml().getBytes(StandardCharsets.UTF_8),
                        watch.sourcesRecord(),
                        new SystemClock(),
                        new Counters(),
                        new Quiet());
        writer.start(Monitor::background);
    }

    /** The next message comes so much later. */
    RecordedJournal after(final long deltaNs) {
        nowNs += deltaNs;
        return this;
    }

    RecordedJournal at(final long stampNs) {
        nowNs = stampNs;
        return this;
    }

    /** When the next message comes, ns since the epoch. */
    long nowNs() {
        return nowNs;
    }

    RecordedJournal put(
            final InboundType type,
            final String source,
            final int epoch,
            final int dropped,
            final byte[] payload,
            final int length) {
        final int id = watch.sources().find(source);
        assertTrue(id >= 0, source);
        writer.onMessage(message.set(type, id, epoch, dropped, nowNs, payload, 0, length));
        return this;
    }

    RecordedJournal put(
            final InboundType type, final String source, final int epoch, final String text) {
        final byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return put(type, source, epoch, 0, payload, payload.length);
    }

    /** A timer tick with the wall clock {@code aheadNs} ahead of the stamp. */
    RecordedJournal tick(final long aheadNs) {
        final byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(nowNs + aheadNs).array();
        return put(InboundType.TIMER, "timer", 0, 0, payload, payload.length);
    }

    /** 10 ms later, an aggregated trade with this id. */
    RecordedJournal aggTrade(final int epoch, final String symbol, final long id) {
        return frame(MARKET, epoch, "aggTrade", "a", symbol, id);
    }

    /** 10 ms later, a trade with this id. */
    RecordedJournal trade(final int epoch, final String symbol, final long id) {
        return frame(PUBLIC, epoch, "trade", "t", symbol, id);
    }

    private RecordedJournal frame(
            final String source,
            final int epoch,
            final String event,
            final String key,
            final String symbol,
            final long id) {
        after(10 * MS_NS);
        final String json =
                String.format(
                        "{\"e\":\"%s\",\"E\":%d,\"%s\":%d,\"s\":\"%s\",\"p\":\"61800.3\","
                                + "\"q\":\"2\",\"f\":%d,\"l\":%d,\"T\":%d,\"X\":\"MARKET\","
                                + "\"m\":true}",
                        event, nowNs / MS_NS, key, id, symbol, id, id, nowNs / MS_NS);
        again = () -> put(InboundType.FRAME_TEXT, source, epoch, json);
        again.run();
        return this;
    }

    /** The last frame once more, 10 ms later. */
    RecordedJournal again() {
        after(10 * MS_NS);
        again.run();
        return this;
    }

    RecordedJournal session(final String source, final int epoch, final String text) {
        return put(InboundType.SESSION, source, epoch, text);
    }

    @Override
    public void close() {
        assertTrue(writer.close(TimeUnit.SECONDS.toNanos(20)), "the journal could not be closed");
    }

    /** The disk of a test is neither slow nor full. */
    private static final class Quiet implements JournalEvents {
        @Override
        public void faulted(final String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void recovered(final String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void diskFull(final String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void diskRecovered(final String detail) {
            throw new AssertionError(detail);
        }
    }
}
