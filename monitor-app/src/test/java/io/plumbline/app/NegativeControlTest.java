package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.HonestTraffic.Sight;
import io.plumbline.app.watch.DetectorSet;
import io.plumbline.app.watch.Watch;
import io.plumbline.detect.Engine;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.finding.FindingHandler;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InlineInbound;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An hour of clean traffic in seconds: honest writers of every style, looked at by every rung and
 * on a replica that lags 50 ms. Nothing is found. Live, against a real Redis: {@link
 * NegativeControlLiveTest}.
 */
@Timeout(180)
final class NegativeControlTest {
    private static final long SEED = 20_261_127L;
    private static final long FROM_NS = 1_764_000_000_000_000_000L;
    private static final long LENGTH_NS = TimeUnit.HOURS.toNanos(1);
    private static final long TRADE_INTERVAL_NS = 500_000_000L;
    private static final Set<String> SYMBOLS =
            Set.of("BTC/USDT", "SHIB/USDT", "ETH/USDT:USDT", "1000PEPE/USDT:USDT");

    private final Counters counters = new Counters();
    private final List<String> found = new ArrayList<>();

    @Test
    void nothingIsFoundInAnHourOfHonestWriters() throws Exception {
        final List<SimulatedInstrument> instruments = instruments();
        final Watch watch = new Watch(LiveRig.config(yaml(instruments)));
        final DetectorSet detectors =
                new DetectorSet(watch.state(), watch.config().detectors(), counters);
        final StringBuilder sentence = new StringBuilder();
        final FindingHandler handler =
                finding -> {
                    sentence.setLength(0);
                    detectors.describe(finding, sentence);
                    found.add(finding.kind + " " + finding.edge + ": " + sentence);
                };
        final Engine engine =
                new Engine(
                        watch.state(),
                        watch.decoders(),
                        detectors.detectors(),
                        new InlineFindings(handler),
                        counters);
        final HonestTraffic traffic =
                new HonestTraffic(watch, instruments, new InlineInbound(engine), SEED, FROM_NS);
        traffic.open();
        traffic.run(FROM_NS + LENGTH_NS);
        assertEquals(List.of(), found, "seed " + SEED);
        assertEquals(0, counters.get(CounterId.ENGINE_UNPARSED));
        assertTrue(traffic.writes() > 500_000, traffic.writes() + " writes");
        assertTrue(
                counters.get(CounterId.PRICE_IN_SYNC) > 500_000,
                counters.get(CounterId.PRICE_IN_SYNC) + " in sync");
        assertTrue(counters.get(CounterId.PRICE_LATE) > 0, "values a little late");
        assertTrue(counters.get(CounterId.PRICE_AHEAD) > 0, "values ahead of our socket");
    }

    private static String yaml(final List<SimulatedInstrument> instruments) {
        final StringBuilder yaml = new StringBuilder("venues:\n");
        final List<String> venues =
                instruments.stream().map(SimulatedInstrument::venue).distinct().toList();
        for (final String venue : venues) {
            yaml.append("  - name: ")
                    .append(venue)
                    .append("\n    channels: [aggTrade, bookTicker]");
            yaml.append("\n    symbols: [")
                    .append(
                            instruments.stream()
                                    .filter(instrument -> instrument.venue().equals(venue))
                                    .map(instrument -> '"' + instrument.symbol() + '"')
                                    .collect(Collectors.joining(", ")))
                    .append("]\n");
        }
        yaml.append("redis:\n");
        for (final Sight sight : Sight.values()) {
            yaml.append("  - name: ").append(sight.label()).append("\n    keys:\n");
            for (final WritingStyle style : WritingStyle.values()) {
                for (final String venue : venues) {
                    yaml.append("      - pattern: \"").append(style.key("{symbol}"));
                    yaml.append("\"\n        venue: ").append(venue);
                    yaml.append("\n        reference: last\n        writer: ").append(style);
                    yaml.append("\n        format: \"").append(style.format());
                    yaml.append("\"\n        ttl: {expected: ").append(style.lives()).append("}\n");
                }
            }
        }
        return yaml.toString();
    }

    private static List<SimulatedInstrument> instruments() {
        return SimulatedInstruments.standard().stream()
                .filter(instrument -> SYMBOLS.contains(instrument.symbol()))
                .map(
                        instrument ->
                                new SimulatedInstrument(
                                        instrument.venue(),
                                        instrument.symbol(),
                                        instrument.venueSymbol(),
                                        instrument.tickSize(),
                                        instrument.decimals(),
                                        instrument.startTicks(),
                                        TRADE_INTERVAL_NS))
                .toList();
    }
}
