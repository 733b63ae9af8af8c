package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.sim.RecordedMarket.Line;
import io.plumbline.market.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RecordedMarketTest {
    private static final long MS = 1_000_000;

    private final List<SimulatedFrame> frames = new ArrayList<>();
    private final RecordedFrames reader =
            new RecordedFrames("binance-spot", name -> name.replace("USDT", "/USDT"));

    private static Line line(final long ms, final String json) {
        return new Line(ms * MS, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldPlayAtItsPaceOrFasterAndKeepThePayload() {
        final String trade = "{\"e\":\"trade\",\"E\":7,\"s\":\"BTCUSDT\",\"t\":9,\"p\":\"61.50\"}";
        final String quote =
                "{\"u\":4,\"s\":\"BTCUSDT\",\"b\":\"1.0\",\"B\":\"2\",\"a\":\"1.1\",\"A\":\"3\"}";
        final List<Line> lines =
                List.of(
                        line(1_000, "{\"stream\":\"btcusdt@trade\",\"data\":" + trade + '}'),
                        line(1_010, quote),
                        line(1_020, "{\"lastUpdateId\":5,\"bids\":[],\"asks\":[]}"),
                        line(1_030, "{\"result\":null,\"id\":1}"),
                        line(1_040, "{\"e\":\"kline\",\"s\":\"BTCUSDT\"}"),
                        line(1_050, "{\"stream\":\"btcusdt@trade\",\"da"),
                        line(2_000, "{\"stream\": \"btcusdt@trade\", \"data\": " + trade + " }"));
        final RecordedMarket market = new RecordedMarket(reader, lines.iterator(), 2);
        market.step(5_000 * MS, frames::add);
        assertEquals(List.of(trade), frames.stream().map(SimulatedFrame::json).toList());
        market.step(5_499 * MS, frames::add);
        assertEquals(
                List.of(trade, quote), frames.stream().map(SimulatedFrame::json).limit(2).toList());
        assertEquals(2, market.published());
        assertEquals(4, market.skipped());
        market.step(5_500 * MS, frames::add);
        assertTrue(market.finished());
        assertEquals(trade, frames.get(2).json());
        assertEquals("61.50", frames.get(2).prices().last());
        assertEquals(new SimulatedFrame.Ids(9, 9, 9), frames.get(2).ids());
        assertEquals("BTC/USDT", frames.get(1).symbol());
        assertEquals("btcusdt@bookTicker", frames.get(1).stream());
        assertEquals(5_500 * MS, frames.get(2).stampNs());
    }

    @Test
    void shouldReadWrappersInAnyOrder() {
        final String depth = "{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":5,\"u\":8,\"b\":[]}";
        final RecordedMarket market =
                new RecordedMarket(
                        reader,
                        List.of(
                                        line(
                                                1,
                                                "{\"data\":"
                                                        + depth
                                                        + ",\"stream\":\"btcusdt@depth@0ms\"}"))
                                .iterator(),
                        0);
        market.step(1, frames::add);
        assertEquals(depth, frames.get(0).json());
        assertEquals("btcusdt@depth", frames.get(0).stream());
    }

    @Test
    void shouldPlayARealRecordingCompletely() throws IOException {
        final Path file =
                Path.of(System.getProperty("plumbline.feeds", "none"))
                        .resolve("binance/usdm_btcusdt_20240718.gz");
        Assumptions.assumeTrue(Files.exists(file), "no recording at " + file);
        final List<Line> lines = new ArrayList<>();
        try (BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String each = text.readLine(); each != null; each = text.readLine()) {
                final int space = each.indexOf(' ');
                lines.add(
                        new Line(
                                Long.parseLong(each.substring(0, space)),
                                each.substring(space + 1).getBytes(StandardCharsets.UTF_8)));
            }
        }
        final RecordedMarket market =
                new RecordedMarket(
                        new RecordedFrames("binance-usdm", name -> name), lines.iterator(), 0);
        for (int step = 0; !market.finished(); step++) {
            market.step(step, frames::add);
        }
        final Map<Channel, Integer> counts = new EnumMap<>(Channel.class);
        frames.forEach(frame -> counts.merge(frame.channel(), 1, Integer::sum));
        assertEquals(
                Map.of(Channel.DEPTH, 3_326, Channel.BOOK_TICKER, 7_113, Channel.TRADE, 974),
                counts);
        assertEquals(1, market.skipped());
    }
}
