package io.plumbline.app;

import io.plumbline.app.config.GateConfig;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.gate.Gate;
import io.plumbline.app.gate.GateFile;
import io.plumbline.app.gate.GateHash;
import io.plumbline.app.gate.GateReading;
import io.plumbline.app.gate.GateSubject;
import io.plumbline.app.http.Dependency;
import io.plumbline.app.watch.RedisServers;
import io.plumbline.app.watch.Watch;
import io.plumbline.feed.redis.KeptHash;
import io.plumbline.inbound.Threads;
import io.plumbline.market.Board;
import io.plumbline.market.WatchedKeys;
import io.plumbline.time.EpochNanoClock;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Judges the gate after every batch of findings and several times a second, and keeps its file and
 * its hash. Under the desk's lock, so one thread at a time.
 */
final class GateRoom implements AutoCloseable {
    /** A storm of findings does not judge more often than this. */
    private static final long LEAST_NS = 20_000_000L;

    /** Older than this, what the engine says is no word on now. */
    private static final long ENGINE_STANDS_NS = 1_000_000_000L;

    /** The file and the hash, those that there are. */
    private record Listeners(List<Gate.Listener> all) implements Gate.Listener {
        @Override
        public void onChange(final int index, final GateReading reading) {
            all.forEach(listener -> listener.onChange(index, reading));
        }

        @Override
        public void onJudged(final GateReading overall, final boolean vouches, final long nowNs) {
            all.forEach(listener -> listener.onJudged(overall, vouches, nowNs));
        }
    }

    private final Desk desk;
    private final LongSupplier engineNs;
    private final Gate gate;
    private final GateFile file;
    private final HashWitness witness;
    private final KeptHash hash;
    private long judgedNs = Long.MIN_VALUE / 2;

    /**
     * @param watched the name of the watched Redis that a server is of, by its run id, else ""
     * @param engineNs when the engine last took a message, ns since the epoch; 0 before
     */
    GateRoom(
            final GateConfig config,
            final Watch watch,
            final Board board,
            final Desk desk,
            final UnaryOperator<String> watched,
            final LongSupplier engineNs,
            final EpochNanoClock clock,
            final long startedNs)
            throws CannotStartException {
        this.desk = desk;
        this.engineNs = engineNs;
        final List<GateSubject> subjects = subjects(watch);
        final List<String> symbols = subjects.stream().map(GateSubject::symbol).toList();
        try {
            file =
                    config.file() == null
                            ? null
                            : new GateFile(config.file(), symbols, SystemClock::monotonicNanos);
        } catch (final IOException e) {
            throw new CannotStartException(
                    "gate.file "
                            + config.file()
                            + " cannot be made ("
                            + e.getMessage()
                            + "): name a folder that can be written, /dev/shm is fastest",
                    e);
        }
        witness =
                config.hash() == null
                        ? null
                        : new HashWitness(config.hash().server().place().toString(), clock);
        hash = witness == null ? null : hash(config.hash(), watched, clock, witness);
        final List<Gate.Listener> listeners = new ArrayList<>();
        if (file != null) {
            listeners.add(file);
        }
        if (hash != null) {
            listeners.add(new GateHash(hash, symbols));
        }
        gate = new Gate(subjects, board, startedNs, new Listeners(listeners));
    }

    private static KeptHash hash(
            final GateConfig.Hash config,
            final UnaryOperator<String> watched,
            final EpochNanoClock clock,
            final HashWitness witness) {
        return new KeptHash(
                RedisServers.settings(config.server()),
                RedisServers.topology(config.server()),
                config.key(),
                config.ttl().toNanos(),
                clock,
                config.watched() ? runId -> "" : watched,
                witness);
    }

    /** How its hash is kept; none where there is no hash. */
    List<Dependency> dependencies() {
        return witness == null ? List.of() : List.of(witness.dependency());
    }

    /** Begins to write the hash, where there is one. */
    void start(final Threads threads) {
        if (hash != null) {
            hash.start(threads);
        }
    }

    private static List<GateSubject> subjects(final Watch watch) {
        final Map<String, List<GateSubject.Price>> bySymbol = new LinkedHashMap<>();
        for (final WatchedKeys.WatchedKey key : watch.keys().all()) {
            final var instrument = watch.instruments().instrument(key.instrument());
            bySymbol.computeIfAbsent(instrument.symbol(), symbol -> new ArrayList<>())
                    .add(
                            new GateSubject.Price(
                                    key.id(),
                                    key.name(),
                                    instrument.venue(),
                                    key.writer(),
                                    sources(watch, key)));
        }
        final List<GateSubject> subjects = new ArrayList<>();
        bySymbol.forEach((symbol, prices) -> subjects.add(new GateSubject(symbol, prices)));
        return subjects;
    }

    private static Set<String> sources(final Watch watch, final WatchedKeys.WatchedKey key) {
        final Set<String> names = new HashSet<>();
        // Which part of a Cluster holds the key changes: any that is not seen may be the one.
        for (int part = 0; part < watch.sources().parts(key.source()); part++) {
            names.add(watch.sources().source(key.source() + part).name());
        }
        final int venue =
                watch.state()
                        .subscriptions
                        .source(
                                key.instrument(),
                                watch.state().references.channel(key.instrument(), key.field()));
        if (venue >= 0) {
            names.add(watch.sources().source(venue).name());
        }
        return names;
    }

    /** After findings: at once, but not more often than is of use. */
    void onFindings(final long nowNs) {
        if (nowNs - judgedNs >= LEAST_NS) {
            judge(nowNs);
        }
    }

    void judge(final long nowNs) {
        judgedNs = nowNs;
        final long lastNs = engineNs.getAsLong();
        final String cannotVouch;
        if (lastNs == 0) {
            cannotVouch = "the engine has not seen a message yet";
        } else if (nowNs - lastNs > ENGINE_STANDS_NS) {
            cannotVouch = "the engine is " + (nowNs - lastNs) / 1_000_000 + " ms behind";
        } else {
            cannotVouch = "";
        }
        gate.judge(desk.cases(), cannotVouch, nowNs);
    }

    Gate gate() {
        return gate;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
        if (hash != null) {
            hash.close();
        }
    }
}
