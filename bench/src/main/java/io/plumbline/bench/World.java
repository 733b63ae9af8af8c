package io.plumbline.bench;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.KnownVenue;
import io.plumbline.app.watch.DetectorSet;
import io.plumbline.app.watch.Watch;
import io.plumbline.detect.Detector;
import io.plumbline.detect.Engine;
import io.plumbline.feed.redis.ObservationWriter;
import io.plumbline.feed.venue.Venues;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Decimal;
import io.plumbline.market.Rung;
import io.plumbline.market.Sources;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A monitor without threads and sockets: so many perpetuals, each with a book ticker, trades, depth
 * and a Redis key for its last price, and the detectors of a live run. Nothing may be found in it.
 */
public final class World {
    public static final long START_NS = 1_723_161_256_322_000_000L;

    /** Refuses every finding. */
    static final FindingSink NOTHING = new InlineFindings(World::refuse);

    private static final long YEAR_NS = 31_536_000_000_000_000L;
    private static final int EPOCH = 1;
    private static final String YAML =
            "venues:\n"
                    + "  - name: binance-usdm\n"
                    + "    channels: [bookTicker, aggTrade, depth]\n"
                    + "    symbols: [SYMBOLS]\n"
                    + "redis:\n"
                    + "  - name: main\n"
                    + "    keys:\n"
                    + "      - pattern: \"pms:price:{symbol}\"\n"
                    + "        venue: binance-usdm\n"
                    + "        reference: last\n"
                    + "        lagBudget: BUDGET\n"
                    + "detectors:\n"
                    + "  staleness: {connection: 7d, symbol: 7d}\n";

    public final Counters counters = new Counters();
    public final Watch watch;
    public final DetectorSet detectors;
    public final Engine engine;
    private final InboundMessage message = new InboundMessage();
    private final ObservationWriter writer = new ObservationWriter();

    /**
     * @param lagBudget of every key; half of the window in which prices are kept, at least
     */
    public World(final int symbols, final String lagBudget) {
        this(symbols, lagBudget, detector -> true);
    }

    /**
     * @param findings where something may be found, if not in vain
     */
    public World(final int symbols, final String lagBudget, final FindingSink findings) {
        this(symbols, lagBudget, detector -> true, World::base, findings);
    }

    /**
     * @param base what each symbol is based on
     */
    public static World named(
            final int symbols, final String lagBudget, final IntFunction<String> base) {
        return new World(symbols, lagBudget, detector -> true, base, NOTHING);
    }

    /**
     * @param asked which detectors the engine has
     */
    World(final int symbols, final String lagBudget, final Predicate<Detector> asked) {
        this(symbols, lagBudget, asked, World::base, NOTHING);
    }

    private World(
            final int symbols,
            final String lagBudget,
            final Predicate<Detector> asked,
            final IntFunction<String> base,
            final FindingSink findings) {
        watch = new Watch(config(symbols, lagBudget, base));
        for (int id = 0; id < watch.instruments().size(); id++) {
            watch.state().instruments.tick(id).set(Decimal.of("0.1"));
        }
        detectors = new DetectorSet(watch.state(), watch.config().detectors(), counters);
        engine =
                new Engine(
                        watch.state(),
                        watch.decoders(),
                        detectors.detectors().stream().filter(asked).toList(),
                        findings,
                        counters);
        for (final Sources.Source source : watch.sources().all()) {
            if (source.kind() == Sources.Kind.VENUE || source.kind() == Sources.Kind.REDIS) {
                for (final String session : new String[] {"CONNECTING", "SUBSCRIBED", "LIVE"}) {
                    take(InboundType.SESSION, source.id(), START_NS, bytes(session));
                }
            }
        }
    }

    /** What every detector is called. */
    public static Stream<String> detectorNames() {
        return new World(1, "250ms").detectors.detectors().stream().map(Detector::name);
    }

    /** A benchmark that finds something measures something else than it says. */
    private static void refuse(final Finding finding) {
        throw new IllegalStateException("found " + finding.kind + " about " + finding.key);
    }

    private static Config config(
            final int symbols, final String lagBudget, final IntFunction<String> base) {
        final String list =
                IntStream.range(0, symbols)
                        .mapToObj(i -> '"' + base.apply(i) + "/USDT:USDT\"")
                        .collect(Collectors.joining(", "));
        try {
            return new ConfigLoader(
                            Venues.all().stream().map(KnownVenue::of).toList(),
                            variable -> null,
                            warning -> {})
                    .parse("bench", YAML.replace("SYMBOLS", list).replace("BUDGET", lagBudget));
        } catch (final ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Fails when anything was found or not understood: the engine itself survives what {@link
     * #NOTHING} throws.
     */
    public void assertQuiet() {
        final long faults = counters.get(CounterId.ENGINE_FAULTS);
        final long unparsed = counters.get(CounterId.ENGINE_UNPARSED);
        if (faults + unparsed > 0) {
            throw new IllegalStateException(faults + " findings, " + unparsed + " unparsed");
        }
    }

    /** The first symbol is BTC/USDT:USDT. */
    private static String base(final int index) {
        return index == 0 ? "BTC" : "S" + index;
    }

    /** The source that carries this channel of an instrument. */
    public int source(final int instrument, final io.plumbline.market.Channel channel) {
        return watch.state().subscriptions.source(instrument, channel);
    }

    public void take(
            final InboundType type, final int source, final long stampNs, final byte[] bytes) {
        take(type, source, stampNs, bytes, bytes.length);
    }

    public void take(
            final InboundType type,
            final int source,
            final long stampNs,
            final byte[] bytes,
            final int length) {
        engine.onMessage(message.set(type, source, EPOCH, 0, stampNs, bytes, 0, length));
    }

    /** An observation of a key; the bytes are valid until the next call, as long as it returns. */
    int observation(final int key, final String value, final long stampNs) {
        return writer.present(
                bytes(watch.keys().key(key).name()),
                Rung.NOTIFICATION,
                stampNs,
                START_NS + YEAR_NS,
                bytes(value),
                null,
                null);
    }

    byte[] observationBytes() {
        return writer.buffer();
    }

    int redis() {
        return watch.redis().get(0).source();
    }

    static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    public static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
