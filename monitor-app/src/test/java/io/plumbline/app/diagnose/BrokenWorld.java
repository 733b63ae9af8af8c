package io.plumbline.app.diagnose;

import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.KnownVenue;
import io.plumbline.app.watch.DetectorSet;
import io.plumbline.app.watch.Watch;
import io.plumbline.detect.Engine;
import io.plumbline.feed.redis.ObservationWriter;
import io.plumbline.feed.venue.Venues;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.InlineInbound;
import io.plumbline.market.Channel;
import io.plumbline.market.Rung;
import io.plumbline.market.Sources;
import io.plumbline.metrics.Counters;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Three exchanges and a Redis by hand, through the real decoders: a coin of one price magnitude on
 * several markets, other coins beside it, and the keys of the coin's last price, one on spot and
 * one for a perpetual that counts 1000 coins. A step is 100 ms: every market trades once, then the
 * keys are written.
 */
final class BrokenWorld {
    /** A price magnitude: what the coin costs, and in which ticks. */
    record Magnitude(long ticks, int tickExponent) {
        @Override
        public String toString() {
            return text(ticks);
        }

        String text(final long count) {
            return BigDecimal.valueOf(count, -tickExponent).toPlainString();
        }
    }

    static final String SPOT = "binance-spot";
    static final String USDM = "binance-usdm";
    static final String BYBIT = "bybit-spot";
    static final String KEY = "px:COIN/USDT";
    static final String BUNDLE_KEY = "px:1000COIN/USDT:USDT";
    private static final long MS = 1_000_000L;
    private static final long FROM_NS = 1_764_000_000_000_000_000L;
    private static final int OTHERS = 12;

    final List<Finding> findings = new ArrayList<>();
    final List<String> sentences = new ArrayList<>();
    final Magnitude magnitude;
    private final String format;
    private final Random random;
    private final boolean trending;
    private final Watch watch;
    private final DetectorSet detectors;
    private final InlineInbound inbound;
    private final ObservationWriter writer = new ObservationWriter();
    private final Map<String, Long> ticks = new HashMap<>();
    private final Map<String, List<Long>> earlier = new HashMap<>();
    private final Map<Integer, Long> sequences = new HashMap<>();
    private long nowNs = FROM_NS;

    /**
     * @param format plain, json:price or hash:price
     * @param trending whether prices only rise, so that none comes back
     * @param knownTicks whether the venues' lists of instruments could be had
     */
    BrokenWorld(
            final Magnitude magnitude,
            final String format,
            final boolean trending,
            final boolean knownTicks,
            final long seed)
            throws ConfigException {
        this.magnitude = magnitude;
        this.format = format;
        this.trending = trending;
        random = new Random(seed);
        final StringBuilder spot = new StringBuilder("\"COIN/USDT\", \"COIN/EUR\", \"EUR/USDT\"");
        for (int i = 0; i < OTHERS; i++) {
            spot.append(", \"").append(other(i)).append('"');
        }
        watch =
                new Watch(
                        new ConfigLoader(
                                        Venues.all().stream().map(KnownVenue::of).toList(),
                                        variable -> null,
                                        warning -> {})
                                .parse("test", yaml(spot.toString(), format)));
        final Counters counters = new Counters();
        detectors = new DetectorSet(watch.state(), watch.config().detectors(), counters);
        inbound =
                new InlineInbound(
                        new Engine(
                                watch.state(),
                                watch.decoders(),
                                detectors.detectors(),
                                new InlineFindings(this::collect),
                                counters));
        ticks.put(SPOT + " COIN/USDT", magnitude.ticks());
        ticks.put(USDM + " COIN/USDT:USDT", magnitude.ticks() + 7);
        ticks.put(USDM + " 1000COIN/USDT:USDT", magnitude.ticks() + 16);
        ticks.put(BYBIT + " COIN/USDT", magnitude.ticks() + 5);
        ticks.put(SPOT + " COIN/EUR", magnitude.ticks() * 85 / 100 / 2 * 2 + 1);
        ticks.put(SPOT + " EUR/USDT", 117_330L);
        for (int i = 0; i < OTHERS; i++) {
            ticks.put(SPOT + ' ' + other(i), magnitude.ticks() * (2 + i) + 1);
        }
        for (final String market : ticks.keySet().stream().sorted().toList()) {
            final int id = instrument(market);
            if (knownTicks) {
                watch.state().instruments.tick(id).set(1, exponent(market));
            }
        }
        for (final Sources.Source source : watch.sources().all()) {
            if (source.kind() == Sources.Kind.VENUE || source.kind() == Sources.Kind.REDIS) {
                for (final String session : List.of("CONNECTING", "SUBSCRIBED", "LIVE")) {
                    offer(InboundType.SESSION, source.id(), session);
                }
            }
        }
    }

    private static String other(final int index) {
        return "OTHER" + (char) ('A' + index) + "/USDT";
    }

    private static String yaml(final String spot, final String format) {
        return "venues:\n"
                + "  - name: binance-spot\n"
                + "    channels: [bookTicker, aggTrade]\n"
                + "    symbols: ["
                + spot
                + "]\n"
                + "  - name: binance-usdm\n"
                + "    channels: [bookTicker, aggTrade, markPrice]\n"
                + "    symbols: [\"COIN/USDT:USDT\", \"1000COIN/USDT:USDT\"]\n"
                + "  - name: bybit-spot\n"
                + "    channels: [trade]\n"
                + "    symbols: [\"COIN/USDT\"]\n"
                + "redis:\n"
                + "  - name: main\n"
                + "    keys:\n"
                + "      - {pattern: \"px:{symbol}\", venue: binance-spot, reference: last,"
                + " symbols: [\"COIN/USDT\"], format: \""
                + format
                + "\"}\n"
                + "      - {pattern: \"px:{symbol}\", venue: binance-usdm, reference: last,"
                + " symbols: [\"1000COIN/USDT:USDT\"], format: \""
                + format
                + "\"}\n"
                + "detectors: {price: {window: 30s}}\n";
    }

    private void collect(final Finding finding) {
        findings.add(new Finding().copyFrom(finding));
        final StringBuilder out = new StringBuilder();
        detectors.describe(finding, out);
        sentences.add(out.toString());
    }

    private int exponent(final String market) {
        return market.endsWith("EUR/USDT") ? -5 : magnitude.tickExponent();
    }

    /** The last price of a market, {@code venue symbol}. */
    String last(final String market) {
        return priced(market, ticks.get(market));
    }

    /** The same, so many steps before. */
    String last(final String market, final int stepsAgo) {
        final List<Long> past = earlier.get(market);
        return priced(market, past.get(past.size() - 1 - stepsAgo));
    }

    private String priced(final String market, final long count) {
        return BigDecimal.valueOf(count, -exponent(market)).toPlainString();
    }

    String bid() {
        return magnitude.text(ticks.get(SPOT + " COIN/USDT") - 1);
    }

    String ask() {
        return magnitude.text(ticks.get(SPOT + " COIN/USDT") + 3);
    }

    /** Of the perpetual that counts 1000; it has more digits than trades have. */
    String mark() {
        return magnitude.text(ticks.get(USDM + " 1000COIN/USDT:USDT") + 1) + "37";
    }

    String index() {
        return magnitude.text(ticks.get(USDM + " 1000COIN/USDT:USDT") - 1) + "71";
    }

    /** All markets trade once; Redis and clock go on. */
    void trade() {
        for (final String market : ticks.keySet().stream().sorted().toList()) {
            final long before = ticks.get(market);
            ticks.put(market, next(before, start(market)));
            earlier.computeIfAbsent(market, absent -> new ArrayList<>()).add(ticks.get(market));
            frames(market);
        }
        nowNs += 3 * MS;
    }

    private long start(final String market) {
        return earlier.containsKey(market) ? earlier.get(market).get(0) : ticks.get(market);
    }

    /** By even steps, so that bid and ask are never a last price; never ending in a zero. */
    private long next(final long before, final long start) {
        long step = trending ? 2L : 2L * (random.nextInt(7) - 3);
        final long range = Math.max(14, start / 50);
        if (!trending && Math.abs(before + step - start) > range) {
            step = before > start ? -4 : 4;
        }
        step = step == 0 ? 2 : step;
        return (before + step) % 10 == 0 ? before + 2 * step : before + step;
    }

    private void frames(final String market) {
        final int space = market.indexOf(' ');
        final String venue = market.substring(0, space);
        final String name = watch.instruments().instrument(instrument(market)).venueSymbol();
        final long nowMs = nowNs / MS;
        final String price = last(market);
        final int id = instrument(market);
        final long sequence = sequences.merge(id, 1L, Long::sum);
        if (venue.equals(BYBIT)) {
            frame(
                    id,
                    Channel.TRADE,
                    String.format(
                            "{\"topic\":\"publicTrade.%s\",\"type\":\"snapshot\",\"ts\":%d,"
                                    + "\"data\":[{\"T\":%d,\"s\":\"%s\",\"S\":\"Buy\",\"v\":\"1\","
                                    + "\"p\":\"%s\",\"L\":\"PlusTick\",\"i\":\"%d\",\"BT\":false,"
                                    + "\"RPI\":false,\"seq\":%d}]}",
                            name, nowMs, nowMs, name, price, sequence, sequence));
            return;
        }
        final String stream = name.toLowerCase(java.util.Locale.ROOT);
        if (market.equals(SPOT + " COIN/USDT")) {
            frame(
                    id,
                    Channel.BOOK_TICKER,
                    String.format(
                            "{\"stream\":\"%s@bookTicker\",\"data\":{\"u\":%d,\"s\":\"%s\","
                                    + "\"b\":\"%s\",\"B\":\"1\",\"a\":\"%s\",\"A\":\"1\"}}",
                            stream, sequence, name, bid(), ask()));
        }
        if (market.endsWith("1000COIN/USDT:USDT")) {
            frame(
                    id,
                    Channel.MARK_PRICE,
                    String.format(
                            "{\"stream\":\"%s@markPrice@1s\",\"data\":{\"e\":\"markPriceUpdate\","
                                + "\"E\":%d,\"s\":\"%s\",\"p\":\"%s\",\"i\":\"%s\",\"P\":\"%s\","
                                + "\"r\":\"0.0001\",\"T\":%d}}",
                            stream, nowMs, name, mark(), index(), mark(), nowMs + 1));
        }
        frame(
                id,
                Channel.AGG_TRADE,
                String.format(
                        "{\"stream\":\"%s@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":%d,"
                            + "\"s\":\"%s\",\"a\":%d,\"p\":\"%s\",\"q\":\"1\",\"f\":%d,\"l\":%d,"
                            + "\"T\":%d,\"m\":false}}",
                        stream, nowMs, name, sequence, price, sequence, sequence, nowMs));
    }

    private void frame(final int instrument, final Channel channel, final String text) {
        offer(
                InboundType.FRAME_TEXT,
                watch.state().subscriptions.source(instrument, channel),
                text);
    }

    private int instrument(final String market) {
        final int space = market.indexOf(' ');
        return watch.instruments().find(market.substring(0, space), market.substring(space + 1));
    }

    /** A key is written with this price, in the format of all keys. */
    void write(final String key, final String price) {
        final String value =
                format.startsWith("json")
                        ? "{\"price\": \"" + price + "\", \"ts\": " + nowNs / MS + '}'
                        : price;
        final int length =
                writer.present(
                        key.getBytes(StandardCharsets.UTF_8),
                        Rung.NOTIFICATION,
                        nowNs - MS / 2,
                        nowNs + 60_000 * MS,
                        value.getBytes(StandardCharsets.UTF_8),
                        null,
                        null);
        inbound.offer(
                InboundType.REDIS_VALUE,
                watch.redis().get(0).source(),
                1,
                nowNs,
                writer.buffer(),
                0,
                length);
    }

    /** The rest of the step. */
    void pass() {
        final long endNs = FROM_NS + ((nowNs - FROM_NS) / (100 * MS) + 1) * 100 * MS;
        for (long tickNs = endNs - 50 * MS; tickNs <= endNs; tickNs += 50 * MS) {
            nowNs = tickNs;
            offer(InboundType.HEARTBEAT, watch.redis().get(0).source(), "");
            offer(InboundType.TIMER, Sources.TIMER, "");
        }
    }

    private void offer(final InboundType type, final int source, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        inbound.offer(type, source, 1, nowNs, bytes, 0, bytes.length);
    }

    /** Everything is as it should be, so many steps long. */
    void healthy(final int steps) {
        for (int i = 0; i < steps; i++) {
            trade();
            write(KEY, last(SPOT + " COIN/USDT"));
            write(BUNDLE_KEY, last(USDM + " 1000COIN/USDT:USDT"));
            pass();
        }
    }
}
