package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.Config;
import io.plumbline.app.replay.Replay;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.app.replay.Tape;
import io.plumbline.app.replay.Tapes;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.journal.Damage;
import io.plumbline.journal.JournalReader;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read and decoded ahead of the replay is what would be read and decoded in it. */
class AheadReplayTest {
    private static final String BTC = "BTCUSDT";
    private static final int TRADES = 3_000;

    @TempDir private Path folder;
    private final List<Thread> threads = new ArrayList<>();

    /** Some trades never came, some came twice, some are no trades. */
    private void record() throws Exception {
        try (RecordedJournal journal = new RecordedJournal(folder, RecordedJournal.BOTH)) {
            journal.session(RecordedJournal.MARKET, 1, "SUBSCRIBED")
                    .session(RecordedJournal.MARKET, 1, "LIVE");
            for (int i = 1; i <= TRADES; i++) {
                if (i % 500 != 0) {
                    journal.aggTrade(1, i % 700 == 0 ? "XYZUSDT" : BTC, i);
                }
                if (i % 900 == 0) {
                    journal.again();
                }
                if (i % 1_100 == 0) {
                    journal.put(
                            io.plumbline.inbound.InboundType.FRAME_TEXT,
                            RecordedJournal.MARKET,
                            1,
                            "{\"e\":\"aggTrade\",\"s\":");
                }
                if (i % 100 == 0) {
                    journal.tick(0);
                }
            }
        }
    }

    private Tape open() throws IOException {
        return Tapes.open(
                List.of(folder),
                null,
                null,
                Set.of(),
                Long.MIN_VALUE,
                (role, body) -> {
                    final Thread thread = Monitor.background(role, body);
                    threads.add(thread);
                    return thread;
                });
    }

    @Test
    void shouldShowRecordByRecordWhatTheReaderShows() throws Exception {
        record();
        record();
        damage();
        try (JournalReader reader = JournalReader.open(folder);
                Tape tape = open()) {
            final InboundMessage expected = new InboundMessage();
            final InboundMessage shown = new InboundMessage();
            int runs = 0;
            while (tape.nextRun()) {
                runs++;
                while (tape.next(shown)) {
                    do {
                        assertTrue(reader.next(expected));
                    } while (reader.sequence() == 0);
                    assertEquals(expected.type, shown.type);
                    assertEquals(expected.stampNs, shown.stampNs);
                    assertEquals(expected.text(), shown.text());
                    assertEquals(sentences(reader), tape.damages());
                }
            }
            assertEquals(2, runs);
            assertFalse(reader.next(expected));
            assertEquals(1, tape.damages().size());
            assertEquals(sentences(reader), tape.damages());
            assertEquals(tape.totalBytes(), tape.readBytes());
        }
        assertEquals(1, threads.size());
        assertFalse(threads.get(0).isAlive());
    }

    private void damage() throws IOException {
        final Path first;
        try (Stream<Path> files = Files.list(folder)) {
            first = files.sorted().findFirst().orElseThrow();
        }
        final byte[] bytes = Files.readAllBytes(first);
        bytes[bytes.length / 2] ^= 1;
        Files.write(first, bytes);
    }

    private static List<String> sentences(final JournalReader reader) {
        return reader.damages().stream().map(Damage::sentence).toList();
    }

    @Test
    void shouldStopItsThreadWhenClosedEarly() throws Exception {
        record();
        try (Tape tape = open()) {
            assertTrue(tape.nextRun());
            assertTrue(tape.next(new InboundMessage()));
        }
        assertEquals(1, threads.size());
        assertFalse(threads.get(0).isAlive());
    }

    @Test
    void shouldFindTheSameAsWhenTheEngineDecodes() throws Exception {
        record();
        record();
        final StringBuilder ahead = new StringBuilder();
        final StringBuilder plain = new StringBuilder();
        final int[] decoded = new int[1];
        final ReplaySummary summary;
        try (Tape tape = open()) {
            summary =
                    replay(
                            new Watched(tape) {
                                @Override
                                public MarketEvent decoded() {
                                    decoded[0] += tape.decoded() == null ? 0 : 1;
                                    return tape.decoded();
                                }
                            },
                            ahead);
        }
        try (Tape tape = open()) {
            final ReplaySummary inTurn = replay(new Watched(tape), plain);
            assertEquals(inTurn.events(), summary.events());
            assertEquals(inTurn.unparsed(), summary.unparsed());
            assertEquals(inTurn.findings(), summary.findings());
        }
        assertTrue(plain.toString().contains("SEQUENCE_GAP"), plain.toString());
        assertEquals(plain.toString(), ahead.toString());
        assertTrue(decoded[0] > TRADES / 2, decoded[0] + " were decoded ahead");
    }

    private static ReplaySummary replay(final Tape tape, final StringBuilder lines)
            throws IOException {
        return new Replay(
                        tape,
                        new SystemClock(),
                        0,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        line -> lines.append(line).append('\n'))
                .run();
    }

    /** A tape that leaves decoding to the engine. */
    private static class Watched implements Tape {
        private final Tape tape;

        Watched(final Tape tape) {
            this.tape = tape;
        }

        @Override
        public boolean nextRun() throws IOException {
            return tape.nextRun();
        }

        @Override
        public MarketState state() {
            return tape.state();
        }

        @Override
        public MessageDecoder[] decoders() {
            return tape.decoders();
        }

        @Override
        public Config config() {
            return tape.config();
        }

        @Override
        public boolean next(final InboundMessage into) throws IOException {
            return tape.next(into);
        }

        @Override
        public long readBytes() {
            return tape.readBytes();
        }

        @Override
        public long totalBytes() {
            return tape.totalBytes();
        }

        @Override
        public List<String> damages() {
            return tape.damages();
        }

        @Override
        public void close() throws IOException {
            tape.close();
        }
    }
}
