package io.plumbline.app;

import io.plumbline.feed.sim.ExchangeSimulator;
import io.plumbline.feed.sim.FaultPlayer;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.FrameListener;
import io.plumbline.feed.sim.FrameSource;
import io.plumbline.feed.sim.PriceSink;
import io.plumbline.feed.sim.PriceWriter;
import io.plumbline.feed.sim.RememberingMarket;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.SimulatedRest;
import io.plumbline.feed.sim.Simulation;
import io.plumbline.feed.sim.SimulatorLimits;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A simulated exchange with its REST side and one faithful price writer, whose commands go wherever
 * the test takes them. No faults but those that the test makes itself.
 */
final class MarketStage implements AutoCloseable {
    /** A market that can hold its breath. */
    private static final class PausableMarket implements FrameSource {
        private final FrameSource market;
        private volatile boolean paused;

        PausableMarket(final FrameSource market) {
            this.market = market;
        }

        @Override
        public void step(final long nowNs, final FrameListener out) {
            if (!paused) {
                market.step(nowNs, out);
            }
        }

        @Override
        public boolean finished() {
            return false;
        }
    }

    private final List<SimulatedInstrument> instruments;
    private final EpochNanoClock clock;
    private final PausableMarket pausable;
    private final RememberingMarket market;
    private final ExchangeSimulator exchange;
    private final SimulatedRest rest;
    private final PriceWriter writer;
    private Simulation simulation;

    MarketStage(
            final long seed,
            final List<SimulatedInstrument> instruments,
            final WriterSettings settings,
            final PriceSink sink,
            final EpochNanoClock clock)
            throws IOException {
        this.instruments = List.copyOf(instruments);
        this.clock = clock;
        pausable = new PausableMarket(new SimulatedMarket(seed, instruments));
        market = new RememberingMarket(pausable);
        exchange = new ExchangeSimulator(0, SimulatorLimits.binance(), clock, Monitor::background);
        rest =
                new SimulatedRest(
                        0,
                        instruments,
                        market::answer,
                        body -> Monitor.background("sim-rest", body));
        writer = new PriceWriter(settings, sink);
    }

    /** Starts everything but the market. */
    MarketStage open() throws IOException {
        exchange.start();
        rest.start();
        return this;
    }

    /** The market begins to trade. */
    void play() {
        simulation =
                new Simulation(
                        List.of(market),
                        exchange,
                        writer,
                        new FaultPlayer(FaultScript.of(List.of()), List.of()));
        simulation.start(clock, Monitor::background);
    }

    /** Returns whether it rested before. */
    boolean pause(final boolean paused) {
        final boolean before = pausable.paused;
        pausable.paused = paused;
        return before;
    }

    /**
     * The exchange is gone for good: no connection stands, none can be made. The market goes on.
     */
    void closeExchange() {
        exchange.close();
    }

    /** What ended the market before its time, or null. */
    RuntimeException failure() {
        return simulation == null ? null : simulation.failure();
    }

    /** The venues of the instruments, in their order. */
    List<String> venues() {
        return instruments.stream().map(SimulatedInstrument::venue).distinct().toList();
    }

    /** The part of a configuration that names them. */
    String venuesYaml(final String channels) {
        final StringBuilder yaml = new StringBuilder("venues:\n");
        for (final String venue : venues()) {
            yaml.append("  - name: ").append(venue);
            yaml.append("\n    endpoint: ").append(exchange.uri());
            yaml.append("\n    rest: ").append(rest.uri());
            yaml.append("\n    channels: [").append(channels).append("]");
            yaml.append("\n    symbols: [")
                    .append(
                            instruments.stream()
                                    .filter(instrument -> instrument.venue().equals(venue))
                                    .map(instrument -> '"' + instrument.symbol() + '"')
                                    .collect(Collectors.joining(", ")))
                    .append("]\n");
        }
        return yaml.toString();
    }

    @Override
    public void close() throws IOException {
        if (simulation != null) {
            simulation.close();
        }
        exchange.close();
        rest.close();
    }
}
