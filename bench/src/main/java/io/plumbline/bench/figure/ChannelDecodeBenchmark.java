package io.plumbline.bench.figure;

import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@value #MESSAGES} recorded messages of one channel of one venue, by our decoder into events and
 * by JSON libraries, which read every value and make nothing of it. Time per message. Recordings
 * are looked for in {@code ../shared/feeds} and in the folder that the property {@code
 * plumbline.feeds} names.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ChannelDecodeBenchmark {
    /** Messages in one operation: the first of the channel, again from the beginning at its end. */
    static final int MESSAGES = 1_000;

    /** Venue and channel. */
    @Param({
        "binance-usdm trade",
        "binance-usdm bookTicker",
        "binance-usdm depth",
        "binance-spot trade",
        "binance-spot bookTicker",
        "binance-spot depth",
        "binance-coinm trade",
        "binance-coinm bookTicker",
        "binance-coinm depth",
        "bybit-linear bookTicker",
        "okx trade",
        "okx depth",
        "okx ticker",
        "coinbase-exchange trade",
        "coinbase-exchange bookTicker",
        "coinbase-exchange depth",
        "coinbase-advanced trade",
        "coinbase-advanced bookTicker",
        "coinbase-advanced depth",
        "kraken depth",
        "kraken-futures trade",
        "kraken-futures bookTicker",
        "kraken-futures depth",
        "deribit bookTicker",
        "deribit depth",
        "bitfinex trade",
        "bitfinex bookTicker",
        "bitfinex depth"
    })
    public String messages;

    /** Who reads. simdjson-java needs JDK 24. */
    @Param({"plumbline", "jackson-streaming", "jackson-databind", "fastjson2", "simdjson-java"})
    public String reader;

    private LongSupplier pass;

    @Setup
    public void prepare() throws IOException {
        final String[] venueAndChannel = messages.split(" ");
        final Path feeds = Path.of(System.getProperty("plumbline.feeds", "../shared/feeds"));
        final Corpus corpus =
                ChannelTraffic.of(feeds, venueAndChannel[0], venueAndChannel[1], MESSAGES);
        final JsonWalk walk = new JsonWalk();
        switch (reader) {
            case "plumbline" -> {
                final MessageDecoder decoder = corpus.decoder();
                final Fields fields = new Fields();
                pass = () -> fields.read(corpus, decoder);
            }
            case "jackson-streaming" -> pass = () -> walk.jacksonStreaming(corpus);
            case "jackson-databind" -> pass = () -> walk.databind(corpus);
            case "fastjson2" -> pass = () -> walk.fastjson(corpus);
            case SimdJson.NAME -> {
                final String missing = SimdJson.missing();
                if (missing != null) {
                    throw new IllegalStateException(SimdJson.NAME + " " + missing);
                }
                pass = SimdJson.reader(corpus, true, Files.createTempDirectory("plumbline-bench"));
            }
            default -> throw new IllegalArgumentException("nobody is called " + reader);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long read() {
        return pass.getAsLong();
    }
}
