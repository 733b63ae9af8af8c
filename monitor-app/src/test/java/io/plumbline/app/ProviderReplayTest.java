package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.replay.Replay;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.app.replay.Tape;
import io.plumbline.app.replay.Tapes;
import io.plumbline.inbound.InboundType;
import io.plumbline.time.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Described feeds in replays: of a recording by name and configuration, of a journal by itself. */
class ProviderReplayTest {
    private static final String CONFIG =
            """
            providers:
              - name: desk
                kind: json
                url: ws://desk:9000/x
                symbols: {template: "{base}-{quote}"}
                messages:
                  - channel: trade
                    when: {type: trade}
                    symbol: s
                    price: p
                    time: {path: t, unit: ms}
                    sequence: {path: id, rule: next}
              - name: wire
                kind: binary
                url: ws://desk:9001/x
                symbols: {map: {BTC/USDT: BTCUSDT}}
                endian: big
                messages:
                  - channel: trade
                    symbol: {offset: 0, type: ascii8}
                    price: {offset: 8, type: u32, times: 1/4}
                    sequence: {offset: 12, type: u32, rule: next}
            venues:
              - {name: desk, symbols: [BTC/USDT]}
              - {name: wire, symbols: [BTC/USDT]}
            """;
    private static final long MS_NS = 1_000_000L;

    @TempDir private Path folder;

    @Test
    void shouldReplayARecordingByTheDescription() throws IOException, ConfigException {
        final StringBuilder lines = new StringBuilder();
        for (final long id : new long[] {7, 8, 11}) {
            lines.append(String.format("%d %s%n", stampNs(id), trade("BTC-USDT", id)));
            lines.append(String.format("%d %s%n", stampNs(id), trade("ETH-USDT", id - 7)));
        }
        final Path capture = Files.writeString(folder.resolve("desk.txt"), lines);
        final ReplaySummary summary = replay(capture, "desk", config());
        assertEquals(Map.of("SEQUENCE_GAP", 2L), summary.findings());
        assertEquals(6, summary.messages());
        assertEquals(0, summary.unparsed());
        final String message =
                assertThrows(IllegalArgumentException.class, () -> replay(capture, "desk", null))
                        .getMessage();
        assertTrue(message.startsWith("unknown venue \"desk\""), message);
    }

    @Test
    void shouldReplayAJournalByTheDescriptionThatItCarries() throws IOException, ConfigException {
        final Path journal = folder.resolve("journal");
        try (RecordedJournal recorded = new RecordedJournal(journal, CONFIG)) {
            for (final String source : List.of("desk/main", "wire/main")) {
                recorded.session(source, 1, "SUBSCRIBED test").session(source, 1, "LIVE test");
            }
            for (final long id : new long[] {7, 8, 11}) {
                recorded.after(10 * MS_NS);
                recorded.put(InboundType.FRAME_TEXT, "desk/main", 1, trade("BTC-USDT", id));
                recorded.put(
                        InboundType.FRAME_BINARY, "wire/main", 1, 0, binary(id), binary(id).length);
            }
            recorded.after(1_000 * MS_NS).tick(0);
        }
        final ReplaySummary summary = replay(journal, null, null);
        assertEquals(Map.of("SEQUENCE_GAP", 2L), summary.findings());
        assertEquals(0, summary.unparsed());
        assertEquals(List.of(), summary.damages());
    }

    private static ReplaySummary replay(final Path path, final String venue, final Config config)
            throws IOException {
        try (Tape tape =
                Tapes.open(
                        List.of(path),
                        venue,
                        config,
                        Set.of(),
                        Long.MIN_VALUE,
                        Monitor::background)) {
            return new Replay(
                            tape,
                            new ManualClock(RecordedJournal.START_NS),
                            0,
                            Long.MIN_VALUE,
                            Long.MAX_VALUE,
                            json -> {})
                    .run();
        }
    }

    private static Config config() throws ConfigException {
        return new ConfigLoader(InstalledVenues.list(), name -> null, warning -> {})
                .parse("test", CONFIG);
    }

    private static long stampNs(final long id) {
        return RecordedJournal.START_NS + id * 10 * MS_NS;
    }

    private static String trade(final String symbol, final long id) {
        return String.format(
                "{\"type\":\"trade\",\"s\":\"%s\",\"p\":\"61602.25\",\"t\":%d,\"id\":%d}",
                symbol, stampNs(id) / MS_NS, id);
    }

    private static byte[] binary(final long id) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.BIG_ENDIAN)
                .put("BTCUSDT ".getBytes(StandardCharsets.US_ASCII))
                .putInt(4 * 61_602 + 1)
                .putInt((int) id)
                .array();
    }
}
