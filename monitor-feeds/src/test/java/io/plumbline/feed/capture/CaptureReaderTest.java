package io.plumbline.feed.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureReaderTest {
    private static final String TEXT =
            "configuration: {\"trades\":[\"BTC-USDT\"]}\n"
                    + "wss://stream.binance.com:9443/stream <-> 1617647603.1\n"
                    + "wss://stream.binance.com:9443/stream <- 1617647603.2: {\"id\":1}\n"
                    + "1617647603.4249449: {\"u\":1}\n"
                    + "https://x/depth?symbol=A&limit=5 -> 1617647603.5: {\"lastUpdateId\":2}\n"
                    + "\n"
                    + "1617647605: {\"u\":\"a -> b\"}\n";
    private static final List<String> TEXT_RECORDS =
            List.of(
                    "CONNECT 1617647603100000000 wss://stream.binance.com:9443/stream ",
                    "SENT 1617647603200000000 wss://stream.binance.com:9443/stream {\"id\":1}",
                    "FRAME 1617647603424944900 {\"u\":1}",
                    "HTTP 1617647603500000000 https://x/depth?symbol=A&limit=5"
                            + " {\"lastUpdateId\":2}",
                    "FRAME 1617647605000000000 {\"u\":\"a -> b\"}");

    @TempDir private Path folder;

    @Test
    void shouldReadLinesWithStampsOfEveryUnit() throws IOException {
        assertEquals(
                List.of(
                        "FRAME 1723161256172216566 {\"a\":1}",
                        "FRAME 1723161256172216000 {\"a\":1}",
                        "FRAME 1723161256172000000 {\"a\":1}",
                        "FRAME 1723161256172216500 {\"a\":1}",
                        "FRAME 1723161256000000000 {\"a\":1}",
                        "FRAME 1723161256172216566 [1]",
                        "FRAME 1723161256172000000 pong"),
                records(
                        CaptureFormat.LINES,
                        "1723161256172216566 {\"a\":1}\r\n"
                                + "1723161256172216 {\"a\":1}\n"
                                + "1723161256172 {\"a\":1}\n"
                                + "1723161256172.2165 {\"a\":1}\n"
                                + "\n"
                                + "1723161256 {\"a\":1}\n"
                                + "1723161256.172216566999 [1]\n"
                                + "1723161256172 pong"));
    }

    @Test
    void shouldReadTardisAndItsLostConnections() throws IOException {
        assertEquals(
                List.of(
                        "FRAME 1559347200123456700 {\"a\":1}",
                        "DISCONNECT 1559347200123456700 ",
                        "FRAME 1559347201000000000 {\"a\":2}"),
                records(
                        CaptureFormat.TARDIS,
                        "\n2019-06-01T00:00:00.1234567Z {\"a\":1}\n\n"
                                + "2019-06-01T00:00:01.0000000Z {\"a\":2}\n"));
    }

    @Test
    void shouldReadCryptofeedText() throws IOException {
        assertEquals(TEXT_RECORDS, records(CaptureFormat.CRYPTOFEED_TEXT, TEXT));
    }

    @Test
    void shouldReadCryptofeedJsonLines() throws IOException {
        final Path file =
                write(
                        "{\"t\":\"header\",\"exchange\":\"BINANCE_US\"}\n"
                            + "{\"t\":\"connect\",\"conn\":\"ws.1\",\"ts\":1633998274.5036721,\"addr\":\"wss://a\"}\n"
                            + "{\"ts\":1633998274.6,\"conn\":\"ws.1\",\"t\":\"send\",\"data\":\"ping\"}\n"
                            + "{\"t\":\"recv\",\"conn\":\"ws.1\",\"ts\":1633998274.7,\"data\":\"{\\\"s\\\":\\\"\\u00e4\\\"}\"}\n"
                            + "{\"t\":\"recv\",\"conn\":\"ws.2\",\"ts\":1633998274.8,\"data\":"
                            + " {\"raw\": 1} }\n"
                            + "{\"t\":\"http\",\"conn\":\"h\",\"ts\":1633998274.9,\"url\":\"https://b/depth?x\",\"data\":\"{}\"}\n"
                            + "{\"t\":\"disconnect\",\"conn\":\"ws.1\",\"ts\":1633998275}\n");
        try (CaptureReader reader = Captures.open(file)) {
            assertEquals(CaptureFormat.CRYPTOFEED_JSONL, reader.format());
            assertEquals(
                    List.of(
                            "CONNECT 1633998274503672100 ws.1 wss://a ",
                            "SENT 1633998274600000000 ws.1 ping",
                            "FRAME 1633998274700000000 ws.1 {\"s\":\"ä\"}",
                            "FRAME 1633998274800000000 ws.2 {\"raw\": 1}",
                            "HTTP 1633998274900000000 h https://b/depth?x {}",
                            "DISCONNECT 1633998275000000000 ws.1 "),
                    records(reader));
            assertEquals("{\"t\":\"header\",\"exchange\":\"BINANCE_US\"}", reader.header());
            assertEquals(0, reader.unreadable());
        }
    }

    @Test
    void shouldRecogniseByContentAlone() throws IOException {
        final byte[] plain = TEXT.getBytes(StandardCharsets.UTF_8);
        for (final byte[] packed : List.of(plain, gzip(plain), Zstd.compress(plain))) {
            final Path file = folder.resolve("recording.csv");
            Files.write(file, packed);
            assertEquals(Optional.of(CaptureFormat.CRYPTOFEED_TEXT), Captures.recognise(file));
            try (CaptureReader reader = Captures.open(file)) {
                assertEquals(TEXT_RECORDS, records(reader));
            }
        }
    }

    @Test
    void shouldSayThatAFileIsNoRecording() throws IOException {
        for (final String text : List.of("", "\n\n", "hello\nworld\n", "a,b,c\n1,2,3\n")) {
            final Path file = write(text);
            assertEquals(Optional.empty(), Captures.recognise(file));
            final IOException refused = assertThrows(IOException.class, () -> Captures.open(file));
            assertTrue(refused.getMessage().contains("no recording that Plumbline knows"));
        }
        assertThrows(IOException.class, () -> Captures.open(folder.resolve("absent")));
    }

    @Test
    void shouldCountWhatItCannotReadAndGoOn() throws IOException {
        final Path file =
                write(
                        "1723161256172216566 {\"a\":1}\n"
                                + "nonsense\n"
                                + "99999999999999999999 {}\n"
                                + "1723161256\n"
                                + "1723161256172216567 {\"a\":2}\n");
        try (CaptureReader reader = Captures.open(file)) {
            assertEquals(
                    List.of(
                            "FRAME 1723161256172216566 {\"a\":1}",
                            "FRAME 1723161256172216567 {\"a\":2}"),
                    records(reader));
            assertEquals(3, reader.unreadable());
            assertEquals(2, reader.firstUnreadable());
            assertEquals(5, reader.lines());
        }
    }

    @Test
    void shouldEndAtATornArchiveWithWhatWasWhole() throws IOException {
        final StringBuilder text = new StringBuilder();
        final Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            text.append(1723161256172216566L + i).append(" {\"a\":").append(random.nextLong());
            text.append("}\n");
        }
        final byte[] plain = text.toString().getBytes(StandardCharsets.US_ASCII);
        for (final byte[] packed : List.of(gzip(plain), Zstd.compress(plain))) {
            final Path file = folder.resolve("torn");
            Files.write(file, Arrays.copyOf(packed, packed.length / 2));
            try (CaptureReader reader = Captures.open(file)) {
                final List<String> records = records(reader);
                assertTrue(records.size() > 1_000 && records.size() < 20_000);
                assertTrue(records.get(records.size() - 1).endsWith("}"));
                assertTrue(reader.damage().contains("torn"), reader.damage());
                assertEquals(0, reader.unreadable());
            }
        }
    }

    @Test
    void shouldPassOverLinesBeyondTheLimit() throws IOException {
        for (int length = 90; length < 210; length++) {
            final String line = "1723161256 {" + "x".repeat(length - 12);
            final String text = "1723161256 {}\n" + line + "\n1723161256 {}\n" + line;
            final List<String> seen = new ArrayList<>();
            try (CaptureReader reader =
                    new CaptureReader(
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)),
                            CaptureFormat.LINES,
                            100)) {
                final CaptureRecord record = new CaptureRecord();
                while (reader.next(record)) {
                    seen.add(record.length == 2 ? "short" : "long");
                }
                assertEquals(length > 100 ? 2 : 0, reader.tooLong(), "length " + length);
            }
            assertEquals(
                    length > 100
                            ? List.of("short", "short")
                            : List.of("short", "long", "short", "long"),
                    seen,
                    "length " + length);
        }
    }

    @Test
    void shouldNeverThrowForContent() throws IOException {
        final long seed = 99;
        final Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            final byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(8); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            for (final CaptureFormat format : CaptureFormat.values()) {
                final CaptureReader reader =
                        new CaptureReader(new ByteArrayInputStream(bytes), format);
                assertFalse(records(reader).size() > 10, "seed " + seed + " round " + round);
            }
        }
    }

    private List<String> records(final CaptureFormat format, final String text) throws IOException {
        try (CaptureReader reader = Captures.open(write(text))) {
            assertEquals(format, reader.format());
            final List<String> records = records(reader);
            assertEquals(0, reader.unreadable());
            return records;
        }
    }

    private static List<String> records(final CaptureReader reader) throws IOException {
        final List<String> records = new ArrayList<>();
        final CaptureRecord record = new CaptureRecord();
        while (reader.next(record)) {
            records.add(
                    record.kind
                            + " "
                            + record.stampNs
                            + " "
                            + (record.connection.isEmpty() ? "" : record.connection + " ")
                            + (record.url.isEmpty() ? "" : record.url + " ")
                            + record.text());
        }
        return records;
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(folder.resolve("capture"), text);
    }

    private static byte[] gzip(final byte[] plain) throws IOException {
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
