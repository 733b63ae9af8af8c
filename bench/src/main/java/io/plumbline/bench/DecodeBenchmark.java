package io.plumbline.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One Binance message from bytes to an event: our decoder, and Jackson's streaming parser reading
 * the same fields into plain variables. The frames are synthesised in the documented shapes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {
    private static final int DEPTH_LEVELS = 20;
    private static final long FIRST_UPDATE = 5_123_107_837_801L;
    private static final int BEST_BID_CENTS = 6_180_020;

    /** Which message. */
    @Param({"bookTicker", "aggTrade", "depth"})
    public String frame;

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private final JsonFactory jackson = new JsonFactory();
    private MessageDecoder decoder;
    private byte[] bytes;
    private long update;
    private long eventTime;
    private long transactTime;
    private BigDecimal first;
    private BigDecimal second;

    @Setup
    public void prepare() {
        final Venue venue = Venues.find("binance-usdm");
        final Instruments instruments = new Instruments();
        instruments.add(venue.name(), "BTC/USDT:USDT", "BTCUSDT");
        decoder = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        bytes = text(frame).getBytes(StandardCharsets.US_ASCII);
        message.set(InboundType.FRAME_TEXT, 2, 1, 0, 0, bytes, 0, bytes.length);
    }

    /** A frame of this kind, also for {@link EngineBenchmark}. */
    public static String text(final String frame) {
        return switch (frame) {
            case "bookTicker" ->
                    "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":"
                            + "5123107839020,\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\","
                            + "\"a\":\"61800.30\",\"A\":\"2.510\",\"T\":1723161256313,"
                            + "\"E\":1723161256313}}";
            case "aggTrade" ->
                    "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":"
                            + "1723161256322,\"s\":\"BTCUSDT\",\"a\":2245718313,\"p\":\"61800.30\","
                            + "\"q\":\"0.006\",\"f\":5266583935,\"l\":5266583935,\"T\":"
                            + "1723161256322,\"m\":false}}";
            default ->
                    "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":"
                            + "1723161256352,\"T\":1723161256351,\"s\":\"BTCUSDT\",\"U\":"
                            + FIRST_UPDATE
                            + ",\"u\":5123107842679,\"pu\":5123107837557,\"b\":"
                            + levels(-1)
                            + ",\"a\":"
                            + levels(1)
                            + "}}";
        };
    }

    private static String levels(final int direction) {
        final StringBuilder out = new StringBuilder();
        for (int i = 0; i < DEPTH_LEVELS; i++) {
            final BigDecimal price = BigDecimal.valueOf(BEST_BID_CENTS + direction * i * 10L, 2);
            out.append(i == 0 ? "[[\"" : ",[\"").append(price).append("\",\"");
            out.append(BigDecimal.valueOf(1_000 + i * 37L, 3)).append("\"]");
        }
        return out.append(']').toString();
    }

    /** Ours; the sequence number is the result so that nothing is optimised away. */
    @Benchmark
    public long plumbline() {
        decoder.decode(message, draft.clear(), event -> update = event.lastSequence);
        return update;
    }

    /** The same fields by Jackson's streaming parser. */
    @Benchmark
    public long jacksonStreaming() throws IOException {
        try (JsonParser parser = jackson.createParser(bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    field(parser);
                }
            }
        }
        return update + eventTime + transactTime + scale(first) + scale(second);
    }

    private static int scale(final BigDecimal value) {
        return value == null ? 0 : value.scale();
    }

    private void field(final JsonParser parser) throws IOException {
        final String name = parser.currentName();
        final JsonToken value = parser.nextToken();
        switch (name) {
            case "E" -> eventTime = parser.getLongValue();
            case "T" -> transactTime = parser.getLongValue();
            case "u" -> update = parser.getLongValue();
            case "p", "b" -> first = decimal(parser, value, first);
            case "q", "a" -> {
                if (value == JsonToken.VALUE_NUMBER_INT) {
                    update = parser.getLongValue();
                } else {
                    second = decimal(parser, value, second);
                }
            }
            default -> {
                // Read over, as our decoder does.
            }
        }
    }

    private static BigDecimal decimal(
            final JsonParser parser, final JsonToken value, final BigDecimal otherwise)
            throws IOException {
        return value == JsonToken.VALUE_STRING ? new BigDecimal(parser.getText()) : otherwise;
    }
}
