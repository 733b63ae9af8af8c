package io.plumbline.app.watch;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.KnownVenue;
import io.plumbline.detect.Engine;
import io.plumbline.feed.redis.ObservationWriter;
import io.plumbline.feed.venue.Venues;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.InlineInbound;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;
import io.plumbline.market.Sources;
import io.plumbline.metrics.Counters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * From a configuration to its findings without threads: Binance's frames in, values of Redis keys
 * in, time by hand. BTC trades each 100 ms, each time ten cents higher.
 */
final class JudgedKeys {
    private static final long START_NS = 1_764_000_000_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final long STEP_MS = 50;

    final List<Finding> findings = new ArrayList<>();
    final Counters counters = new Counters();
    private final Watch watch;
    private final InlineInbound inbound;
    private final ObservationWriter writer = new ObservationWriter();
    private final int venue;
    private final int redis;
    private long nowMs;
    private int trades;

    /**
     * @param rule lines of one key rule, each with its line break
     */
    JudgedKeys(final String rule) throws ConfigException {
        this(List.of(rule));
    }

    JudgedKeys(final List<String> rules) throws ConfigException {
        final StringBuilder yaml =
                new StringBuilder(
                        "venues: [{name: binance-usdm, rest: none,"
                                + " symbols: [BTC/USDT:USDT, ETH/USDT:USDT]}]\n"
                                + "redis:\n  - keys:\n");
        rules.forEach(rule -> yaml.append("      - {venue: binance-usdm, " + rule + "}\n"));
        watch = new Watch(config(yaml.toString()));
        final DetectorSet detectors =
                new DetectorSet(watch.state(), watch.config().detectors(), counters);
        inbound =
                new InlineInbound(
                        new Engine(
                                watch.state(),
                                watch.decoders(),
                                detectors.detectors(),
                                new InlineFindings(
                                        finding -> findings.add(new Finding().copyFrom(finding))),
                                counters));
        watch.instrumentsOf("binance-usdm")
                .forEach(i -> watch.instruments().tick(i.id()).set(Decimal.of("0.1")));
        venue =
                watch.state()
                        .subscriptions
                        .source(
                                watch.instruments().find("binance-usdm", "BTC/USDT:USDT"),
                                Channel.AGG_TRADE);
        redis = watch.redis().get(0).source();
        for (final String session : List.of("CONNECTING", "SUBSCRIBED", "LIVE")) {
            watch.venues()
                    .forEach(link -> offer(InboundType.SESSION, link.source(), bytes(session)));
            offer(InboundType.SESSION, redis, bytes(session));
        }
    }

    static Config config(final String yaml) throws ConfigException {
        return new ConfigLoader(
                        Venues.all().stream().map(KnownVenue::of).toList(),
                        variable -> null,
                        warning -> {})
                .parse("test", yaml);
    }

    /** The kinds and edges that were found, without those of the keys that nobody writes. */
    List<String> told() {
        return findings.stream().map(f -> f.kind + " " + f.edge.label() + " " + f.key).toList();
    }

    /** The price of a trade, -1 for the last one, -2 for the one before. */
    String price(final int back) {
        return "61" + (300 + trades + 1 + back) + ".5";
    }

    /** The venue's time of a trade, in ms. */
    long timeMs(final int back) {
        return START_NS / MS + nowMs + (back + 1) * 100L - 20;
    }

    /** The market moves; then {@code each} writes, if it does. */
    JudgedKeys market(final int times, final Runnable each) {
        for (int i = 0; i < times; i++) {
            trades++;
            trade("BTCUSDT", price(-1));
            trade("ETHUSDT", price(-1));
            each.run();
            pass(100);
        }
        return this;
    }

    private void trade(final String symbol, final String price) {
        final long at = timeMs(-1);
        offer(
                InboundType.FRAME_TEXT,
                venue,
                bytes(
                        "{\"stream\":\""
                                + symbol.toLowerCase(java.util.Locale.ROOT)
                                + "@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":"
                                + (at + 3)
                                + ",\"s\":\""
                                + symbol
                                + "\",\"a\":"
                                + trades
                                + ",\"p\":\""
                                + price
                                + "\",\"q\":\"1\",\"f\":1,\"l\":1,\"T\":"
                                + at
                                + ",\"m\":false}}"));
    }

    void pass(final long millis) {
        final long endMs = nowMs + millis;
        while (nowMs + STEP_MS <= endMs) {
            nowMs += STEP_MS;
            if (nowMs % 250 == 0) {
                offer(InboundType.HEARTBEAT, redis, new byte[0]);
            }
            offer(
                    InboundType.TIMER,
                    Sources.TIMER,
                    ByteBuffer.allocate(Long.BYTES).putLong(nowNs()).array());
        }
    }

    /** A write that is seen at once. */
    void write(final String key, final String value) {
        write(key, bytes(value), 30_000);
    }

    /**
     * @param ttlMs how long it has to live, 0 for ever
     */
    void write(final String key, final byte[] value, final long ttlMs) {
        final int length =
                writer.present(
                        bytes(key),
                        Rung.NOTIFICATION,
                        nowNs(),
                        ttlMs == 0 ? MarketEvent.NEVER : nowNs() + ttlMs * MS,
                        value,
                        null,
                        null);
        inbound.offer(InboundType.REDIS_VALUE, redis, 1, nowNs(), writer.buffer(), 0, length);
    }

    private long nowNs() {
        return START_NS + nowMs * MS;
    }

    private void offer(final InboundType type, final int source, final byte[] payload) {
        inbound.offer(type, source, 1, nowNs(), payload, 0, payload.length);
    }

    static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
