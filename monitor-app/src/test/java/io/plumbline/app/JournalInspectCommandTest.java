package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.ObservationWriter;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.ReadingWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalInspectCommandTest {
    private static final byte[] KEY = "pms:price:BTC/USDT:USDT".getBytes(StandardCharsets.UTF_8);
    private static final String AT = "2024-08-08T23:54:16.000000000Z ";

    private final Terminal terminal = new Terminal();
    private final ObservationWriter observations = new ObservationWriter();

    @TempDir private Path folder;

    /** Lines without the prelude and the heading. */
    private List<String> records(final Object... options) {
        final Object[] arguments = new Object[3 + options.length];
        arguments[0] = "journal";
        arguments[1] = "inspect";
        arguments[2] = folder;
        System.arraycopy(options, 0, arguments, 3, options.length);
        assertEquals(ExitCode.OK, terminal.run(arguments), terminal.err().toString());
        return terminal.out().stream()
                .skip(1)
                .filter(line -> !line.contains(" CONFIG ") && !line.contains(" SOURCES "))
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    private void redis(final RecordedJournal run, final InboundType type, final int length) {
        run.put(type, RecordedJournal.REDIS, 1, 0, observations.buffer(), length);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyTypeOfRecord() throws Exception {
        try (RecordedJournal run = new RecordedJournal(folder, RecordedJournal.BOTH)) {
            run.put(InboundType.FRAME_TEXT, RecordedJournal.MARKET, 2, 7, bytes("{\"a\":1}"), 7);
            run.put(InboundType.FRAME_BINARY, RecordedJournal.PUBLIC, 1, 0, new byte[] {-1, 16}, 2);
            run.session(RecordedJournal.PUBLIC, 1, "LIVE all\n\u001b[31mred\u202e");
            final InboundType value = InboundType.REDIS_VALUE;
            redis(
                    run,
                    value,
                    observations.present(
                            KEY,
                            Rung.NOTIFICATION,
                            MarketEvent.NONE,
                            RecordedJournal.START_NS + 4_998_000_000L,
                            bytes("61800.3"),
                            bytes("12"),
                            bytes("34")));
            redis(
                    run,
                    value,
                    observations.present(
                            KEY, Rung.SWEEP, 1, MarketEvent.NEVER, bytes("x"), null, null));
            redis(
                    run,
                    value,
                    observations.present(KEY, Rung.SWEEP, 1, MarketEvent.NONE, null, null, null));
            redis(run, value, observations.wrongType(KEY, Rung.SWEEP, 1, MarketEvent.NEVER));
            redis(run, value, observations.absent(KEY, Rung.SAMPLING, 1));
            final InboundType event = InboundType.REDIS_EVENT;
            redis(run, event, observations.event(KEY, Rung.TRACKING, KeyState.DELETED));
            redis(run, event, observations.event(null, Rung.TRACKING, KeyState.FLUSHED));
            run.put(event, RecordedJournal.REDIS, 1, 0, new byte[] {9, 1}, 2);
            run.tick(-1_234_567).tick(2_000_000);
            run.put(InboundType.TIMER, "timer", 0, 0, new byte[3], 3);
            run.put(InboundType.HEARTBEAT, RecordedJournal.MARKET, 1, 0, new byte[0], 0);
            final ReadingWriter reading =
                    new ReadingWriter()
                            .begin(ProbeKind.GROUP, "tasks:queue", "workers")
                            .with(Measure.EXISTS, 1)
                            .with(Measure.PENDING, 4)
                            .text("worker-1");
            final int length = reading.finish();
            run.put(InboundType.PROBE, RecordedJournal.REDIS, 1, 0, reading.buffer(), length);
            final byte[] later = {2, 0};
            run.put(InboundType.PROBE, RecordedJournal.REDIS, 1, 0, later, 2);
        }
        final String key = "pms:price:BTC/USDT:USDT ";
        assertEquals(
                List.of(
                        "1 binance-usdm/market 2 FRAME_TEXT 7 7 {\"a\":1}",
                        "2 binance-usdm/public 1 FRAME_BINARY 0 2 ff10",
                        "3 binance-usdm/public 1 SESSION 0 20"
                                + " LIVE all\\u{a}\\u{1b}[31mred\\u{202e}",
                        "4 redis/main 1 REDIS_VALUE 0 62 "
                                + key
                                + "= 61800.3 PRESENT notification ttl 4.998 s sequence 12 time 34",
                        "5 redis/main 1 REDIS_VALUE 0 52 " + key + "= x PRESENT sweep no ttl",
                        "6 redis/main 1 REDIS_VALUE 0 51 "
                                + key
                                + "has no such field PRESENT sweep ttl unknown",
                        "7 redis/main 1 REDIS_VALUE 0 51 "
                                + key
                                + "holds another Redis type PRESENT sweep no ttl",
                        "8 redis/main 1 REDIS_VALUE 0 51 " + key + "ABSENT sampling",
                        "9 redis/main 1 REDIS_EVENT 0 51 " + key + "DELETED tracking",
                        "10 redis/main 1 REDIS_EVENT 0 28 (all keys) FLUSHED tracking",
                        "11 redis/main 1 REDIS_EVENT 0 2"
                                + " no observation that this build knows: 0901",
                        "12 timer 0 TIMER 0 8 wall clock -1.234567 ms",
                        "13 timer 0 TIMER 0 8 wall clock +2 ms",
                        "14 timer 0 TIMER 0 3 000000",
                        "15 binance-usdm/market 1 HEARTBEAT 0 0 ",
                        "16 redis/main 1 PROBE 0 60 GROUP tasks:queue workers EXISTS=1 PENDING=4:"
                                + " worker-1",
                        "17 redis/main 1 PROBE 0 2 no reading that this build knows: 0200"),
                records().stream().map(line -> line.substring(AT.length())).toList());
        assertTrue(records().get(0).startsWith(AT), records().get(0));
        assertEquals(List.of(), terminal.err());
    }

    @Test
    void prelude() throws Exception {
        try (RecordedJournal run = new RecordedJournal(folder, RecordedJournal.BOTH)) {
            run.tick(0);
        }
        assertEquals(ExitCode.OK, terminal.run("journal", "inspect", folder, "--type", "sources"));
        assertEquals(2, terminal.out().size());
        final String line = terminal.out().get(1).replaceAll(" +", " ");
        assertTrue(line.contains(" - - - SOURCES 0 "), line);
        assertTrue(line.contains("0 timer\\u{a}1 monitor\\u{a}2 binance-usdm/public"), line);
    }

    @Test
    void selection() throws Exception {
        try (RecordedJournal run = new RecordedJournal(folder, RecordedJournal.BOTH)) {
            for (int id = 1; id <= 100; id++) {
                run.aggTrade(1, "BTCUSDT", id).trade(1, "BTCUSDT", id);
            }
        }
        final int prelude = 2;
        assertEquals(50 - prelude, records().size());
        assertEquals(List.of("stopped after 50 records: --limit N shows more"), terminal.err());
        assertEquals(200, records("--limit", 0).size());
        assertEquals(List.of(), terminal.err());
        final List<String> few =
                records(
                        "--source",
                        RecordedJournal.MARKET,
                        "--type",
                        "FRAME_TEXT,SESSION",
                        "--from",
                        "2024-08-08T23:54:17Z",
                        "--to",
                        "2024-08-08T23:54:17.05Z");
        assertEquals(3, few.size(), few.toString());
        assertTrue(few.get(0).startsWith("2024-08-08T23:54:17.010000000Z 101 "), few.get(0));
    }

    @Test
    void usageErrors() throws Exception {
        try (RecordedJournal run = new RecordedJournal(folder, RecordedJournal.BOTH)) {
            run.tick(0);
        }
        assertEquals(
                ExitCode.USAGE, terminal.run("journal", "inspect", folder, "--source", "okx/a"));
        assertEquals(
                "no source \"okx/a\" in the journal: name one of timer, monitor,"
                        + " binance-usdm/public, binance-usdm/market, redis/main, probe/main,"
                        + " probe/main/health",
                terminal.complaint());
        assertEquals(ExitCode.USAGE, terminal.run("journal", "inspect", folder, "--type", "FRAM"));
        assertTrue(terminal.complaint().contains("FRAME_TEXT"), terminal.complaint());
        assertEquals(ExitCode.USAGE, terminal.run("journal", "inspect", folder, "--limit", "-1"));
        assertEquals("--limit -1 is below 0: write 0 for all", terminal.complaint());
        assertEquals(ExitCode.USAGE, terminal.run("journal", "inspect", folder, "--to", "today"));
        assertEquals(
                "--to today is no time: write it like 2024-08-08T23:55:00Z", terminal.complaint());
    }

    @Test
    void shouldShowAnyBytesOnOneLine() throws Exception {
        final long seed = 7;
        final Random random = new Random(seed);
        final InboundType[] types = InboundType.values();
        final int records = 300;
        try (RecordedJournal run = new RecordedJournal(folder, RecordedJournal.BOTH)) {
            for (int i = 0; i < records; i++) {
                final byte[] payload = new byte[random.nextInt(1_000)];
                random.nextBytes(payload);
                if (payload.length > 0) {
                    payload[0] = 1;
                }
                final InboundType type = types[random.nextInt(9)];
                run.at(random.nextLong());
                run.put(type, RecordedJournal.PUBLIC, random.nextInt(), 0, payload, payload.length);
            }
        }
        records("--limit", 0);
        assertEquals(1 + 2 + records, terminal.out().size(), "seed " + seed);
        assertTrue(
                terminal.out().stream()
                        .allMatch(line -> line.chars().noneMatch(Character::isISOControl)),
                "seed " + seed);
    }

    @Test
    void shouldWarnOfDamage() throws Exception {
        try (RecordedJournal run = new RecordedJournal(folder, RecordedJournal.BOTH)) {
            run.tick(0).tick(1).tick(2);
        }
        final Path segment = folder.resolve("0000000001.plj");
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 1] ^= 1;
        Files.write(segment, bytes);
        assertEquals(2, records().size());
        assertEquals(
                List.of(
                        "warning: "
                                + segment
                                + " is damaged at byte "
                                + (bytes.length - 48)
                                + ": the checksum of a record is wrong; 48 bytes skipped"),
                terminal.err());
    }
}
