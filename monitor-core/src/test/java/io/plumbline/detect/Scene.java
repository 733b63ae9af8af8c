package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.InlineInbound;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.Instruments;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Rung;
import io.plumbline.market.SequenceRule;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.ValueFault;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.Counters;
import java.util.ArrayList;
import java.util.List;

/**
 * A small world for detector tests: one venue connection, one Redis, some instruments each with a
 * key for its last price; all detectors in the order of the composition root; time by hand in ms.
 */
final class Scene {
    static final long START_NS = 1_700_000_000_000_000_000L;

    /** A finding as a test compares it. */
    record Told(String kind, Edge edge, String subject) {}

    final Sources sources = new Sources();
    final int venue = sources.addVenue("test", "stream");
    final int redis = sources.addRedis("main");

    /** A second connection with the same streams, or -1. */
    final int twin;

    final Instruments instruments = new Instruments();
    final WatchedKeys keys = new WatchedKeys();
    final Counters counters = new Counters();
    final List<Told> told = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();
    final List<String> sentences = new ArrayList<>();
    final MarketState state;
    final Engine engine;
    final InlineInbound inbound;
    private final HandedDecoder handed = new HandedDecoder();
    private final MarketEvent next = handed.next;
    private final List<Detector> detectors;
    private int over = venue;
    private int epoch = 1;
    private int twinEpoch = 1;
    private long nowMs;
    private long tickedMs;
    private int redisEpoch = 1;
    private boolean redisAnswers = true;

    Scene(final String... symbols) {
        this(Silences.SHORT, symbols);
    }

    Scene(final Silence.Thresholds thresholds, final String... symbols) {
        this(false, thresholds, symbols);
    }

    /** The same with two connections that carry the same streams, {@code stream} and its twin. */
    static Scene paired(final String... symbols) {
        return new Scene(true, Silences.SHORT, symbols);
    }

    private Scene(
            final boolean paired, final Silence.Thresholds thresholds, final String... symbols) {
        twin = paired ? sources.addVenue("test", "twin") : -1;
        if (paired) {
            sources.pair(venue, twin);
        }
        final Subscriptions subscriptions = new Subscriptions();
        for (final String symbol : symbols) {
            final int id = instruments.add("test", symbol, symbol.replace("/", ""));
            instruments.tick(id).set(1, -2);
            subscriptions.add(venue, id, Channel.TRADE);
            if (paired) {
                subscriptions.add(twin, id, Channel.TRADE);
            }
            keys.add(
                    new WatchedKeys.WatchedKey(
                            keys.size(),
                            "pms:price:" + symbol,
                            redis,
                            id,
                            Field.LAST,
                            ms(250),
                            ms(125),
                            0,
                            new Decimal(),
                            true,
                            0,
                            "writer"));
        }
        state = new MarketState(sources, instruments, keys, subscriptions, ms(30_000));
        keys.all().forEach(k -> state.references.watch(k.instrument(), k.field(), Channel.TRADE));
        detectors = SceneDetectors.of(state, thresholds, counters);
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        decoders[venue] = handed;
        decoders[redis] = handed;
        if (paired) {
            decoders[twin] = handed;
        }
        engine =
                new Engine(state, decoders, detectors, new InlineFindings(this::collect), counters);
        inbound = new InlineInbound(engine);
        session("CONNECTING");
        session("SUBSCRIBED");
        session("LIVE");
        if (paired) {
            overTwin().session("CONNECTING").session("SUBSCRIBED").session("LIVE").overFirst();
        }
        redisLive();
    }

    /** The venue's times of the prices are kept. */
    Scene keepVenueTimes() {
        keys.all().forEach(k -> state.references.keepVenueTimes(k.instrument(), k.field()));
        return this;
    }

    /** From here on each connection counts for itself. */
    Scene countedPerConnection() {
        handed.countedPerConnection = true;
        return this;
    }

    /** Messages and sessions are the second connection's from here on. */
    Scene overTwin() {
        over = twin;
        return this;
    }

    /** They are the first connection's again. */
    Scene overFirst() {
        over = venue;
        return this;
    }

    private int epochNow() {
        return over == venue ? epoch : twinEpoch;
    }

    private void collect(final Finding finding) {
        findings.add(new Finding().copyFrom(finding));
        final String subject =
                !finding.key.isEmpty()
                        ? finding.key
                        : finding.instrument + ' ' + finding.channel.label();
        told.add(new Told(finding.kind.name(), finding.edge, subject.trim()));
        for (final Detector detector : detectors) {
            if (detector.name().equals(finding.detector)) {
                final StringBuilder out = new StringBuilder();
                detector.describe(finding, out);
                sentences.add(out.toString());
            }
        }
    }

    static long ms(final long millis) {
        return millis * 1_000_000;
    }

    long nowNs() {
        return START_NS + ms(nowMs);
    }

    /** Time passes, a tick each 50 ms, Redis answering pings each 250 ms. */
    Scene pass(final long millis) {
        final long endMs = nowMs + millis;
        while (tickedMs + 50 <= endMs) {
            tickedMs += 50;
            nowMs = tickedMs;
            if (redisAnswers && tickedMs % 250 == 0) {
                offer(InboundType.HEARTBEAT, redis, redisEpoch, "");
            }
            offer(InboundType.TIMER, Sources.TIMER, 0, "");
        }
        nowMs = endMs;
        return this;
    }

    /** The clock jumps without ticks: the monitor stood still. */
    Scene standStill(final long millis) {
        nowMs += millis;
        tickedMs = nowMs;
        offer(InboundType.TIMER, Sources.TIMER, 0, "");
        return this;
    }

    Scene session(final String text) {
        offer(InboundType.SESSION, over, epochNow(), text);
        return this;
    }

    Scene redisLive() {
        offer(InboundType.SESSION, redis, redisEpoch, "LIVE notification");
        return this;
    }

    /** Whether pings are answered from here on. */
    Scene redisAnswers(final boolean answers) {
        redisAnswers = answers;
        return this;
    }

    /** The connection to Redis is lost. */
    Scene redisDown() {
        redisAnswers = false;
        offer(InboundType.SESSION, redis, redisEpoch++, "DOWN refused");
        return this;
    }

    /** It is there again. */
    Scene redisUp() {
        redisAnswers = true;
        offer(InboundType.SESSION, redis, redisEpoch, "CONNECTING again");
        return redisLive();
    }

    Scene reconnected() {
        epoch += over == venue ? 1 : 0;
        twinEpoch += over == venue ? 0 : 1;
        return session("CONNECTING").session("SUBSCRIBED").session("LIVE");
    }

    /** A trade of the symbol with this id, {@code venue} time 20 ms ago. */
    Scene trade(final String symbol, final long id, final String price) {
        return tradeAt(symbol, id, price, nowNs() - ms(20));
    }

    Scene tradeAt(final String symbol, final long id, final String price, final long venueNs) {
        next.clear();
        next.type = EventType.MARKET;
        next.channel = Channel.TRADE;
        next.instrument = instruments.find("test", symbol);
        next.rule = SequenceRule.CONTIGUOUS;
        next.firstSequence = id;
        next.lastSequence = id;
        next.venueNs = venueNs;
        next.price.set(Decimal.of(price));
        offer(InboundType.FRAME_TEXT, over, epochNow(), symbol + ' ' + price);
        return this;
    }

    /** A price without a number of its own. */
    Scene unnumbered(final String symbol, final String price, final long venueNs) {
        next.clear();
        next.type = EventType.MARKET;
        next.channel = Channel.TRADE;
        next.instrument = instruments.find("test", symbol);
        next.venueNs = venueNs;
        next.price.set(Decimal.of(price));
        offer(InboundType.FRAME_TEXT, over, epochNow(), symbol + ' ' + price);
        return this;
    }

    /** A depth difference, chained as futures do. */
    Scene depth(final String symbol, final long first, final long last, final long previous) {
        next.clear();
        next.type = EventType.MARKET;
        next.channel = Channel.DEPTH;
        next.instrument = instruments.find("test", symbol);
        next.rule = SequenceRule.CHAINED;
        next.firstSequence = first;
        next.lastSequence = last;
        next.previousSequence = previous;
        next.venueNs = nowNs();
        offer(InboundType.FRAME_TEXT, over, epochNow(), "depth");
        return this;
    }

    /** The key of the symbol is read, just written, with 30 s to live. */
    Scene value(final String symbol, final String value) {
        return value(symbol, value, nowNs() + ms(30_000));
    }

    Scene value(final String symbol, final String value, final long expiresAtNs) {
        return value(symbol, value, expiresAtNs, MarketEvent.NONE);
    }

    /** The same with the venue's time in it. */
    Scene dated(final String symbol, final String value, final long venueNs) {
        return value(symbol, value, nowNs() + ms(30_000), venueNs);
    }

    private Scene value(
            final String symbol,
            final String value,
            final long expiresAtNs,
            final long embeddedNs) {
        key(symbol, KeyState.PRESENT);
        next.embeddedNs = embeddedNs;
        next.writtenAfterNs = nowNs();
        next.expiresAtNs = expiresAtNs;
        try {
            next.price.set(Decimal.of(value));
        } catch (final NumberFormatException e) {
            next.valueFault = ValueFault.NOT_A_NUMBER;
        }
        offer(InboundType.REDIS_VALUE, redis, redisEpoch, value);
        return this;
    }

    /** The same, seen at start: nobody knows when it was written. */
    Scene found(final String symbol, final String value) {
        key(symbol, KeyState.PRESENT);
        next.expiresAtNs = nowNs() + ms(30_000);
        next.price.set(Decimal.of(value));
        next.rung = Rung.SWEEP;
        offer(InboundType.REDIS_VALUE, redis, redisEpoch, value);
        return this;
    }

    Scene gone(final String symbol) {
        key(symbol, KeyState.ABSENT);
        offer(InboundType.REDIS_VALUE, redis, redisEpoch, "");
        return this;
    }

    Scene toldGone(final String symbol, final KeyState how) {
        key(symbol, how);
        next.type = EventType.KEY_EVENT;
        offer(InboundType.REDIS_EVENT, redis, redisEpoch, "");
        return this;
    }

    private void key(final String symbol, final KeyState keyState) {
        final byte[] name =
                ("pms:price:" + symbol).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        next.clear();
        next.type = EventType.KEY_VALUE;
        next.key = keys.find(name, 0, name.length);
        next.instrument = keys.key(next.key).instrument();
        next.keyState = keyState;
        next.rung = Rung.NOTIFICATION;
    }

    Scene fact(final int source, final String text) {
        offer(InboundType.MONITOR, source, 0, text);
        return this;
    }

    void offer(final InboundType type, final int source, final int epochOf, final String text) {
        inbound.offer(type, source, epochOf, nowNs(), text);
    }

    /** The evidence of the last finding. */
    String evidence(final Evidence evidence) {
        return findings.get(findings.size() - 1).text(evidence);
    }

    /** What was told since the last call. */
    List<Told> told() {
        final List<Told> copy = List.copyOf(told);
        told.clear();
        return copy;
    }

    static Told open(final String kind, final String subject) {
        return new Told(kind, Edge.OPEN, subject);
    }

    static Told close(final String kind, final String subject) {
        return new Told(kind, Edge.CLOSE, subject);
    }

    static Told event(final String kind, final String subject) {
        return new Told(kind, Edge.EVENT, subject);
    }

    /** Thresholds that tests use. */
    static final class Silences {
        static final Silence.Thresholds SHORT =
                new Silence.Thresholds(ms(1_500), ms(1_500), 0, 0, ms(3_000));

        private Silences() {}
    }
}
