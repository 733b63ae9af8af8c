package io.plumbline.app.gate;

import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.CaseState;
import io.plumbline.finding.FindingKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the open cases mean to symbols, sorted by what they are about: an instrument, a key, a
 * writer, a connection or a Redis, a whole venue, or the monitor itself. A condition counts from
 * its first moment, before any {@code for}: a page may wait, an order may not.
 */
final class CaseEffects {
    /** About the monitor's own sight, so about every symbol. */
    private static final Set<FindingKind> EVERYTHING =
            EnumSet.of(
                    FindingKind.MONITOR_STALLED,
                    FindingKind.MONITOR_OVERLOADED,
                    FindingKind.DETECTOR_FAULT,
                    FindingKind.CLOCK_STEP);

    /** About all keys of the writer whose name stands as the key. */
    private static final Set<FindingKind> WRITERS =
            EnumSet.of(
                    FindingKind.WRITER_DEAD, FindingKind.WRITER_LAGGING, FindingKind.WRITES_LOST);

    /** True, and no reason not to trade. */
    private static final Set<FindingKind> NOTHING =
            EnumSet.of(
                    FindingKind.DELIVERY_FAILED,
                    FindingKind.JOURNAL_FAULT,
                    FindingKind.DISK_FULL,
                    FindingKind.UNIVERSE_INCOMPLETE,
                    FindingKind.CREDENTIAL_EXPIRING,
                    FindingKind.RATE_LIMITED);

    private final Set<String> sources;

    /** By venue, then by symbol. */
    private final Map<String, Map<String, Hit>> instruments = new HashMap<>();

    private final Map<String, Hit> keys = new HashMap<>();
    private final Map<String, Hit> writers = new HashMap<>();
    private final Map<String, Hit> connections = new HashMap<>();
    private final Map<String, Hit> venues = new HashMap<>();
    private final Hit everything = new Hit();

    /**
     * @param sources names of all connections and Redis servers
     */
    CaseEffects(final Set<String> sources, final List<CaseRecord> cases) {
        this.sources = sources;
        cases.forEach(this::take);
    }

    private void take(final CaseRecord of) {
        final GateState effect = effect(of);
        if (effect == GateState.OPEN || NOTHING.contains(of.kind())) {
            return;
        }
        if (EVERYTHING.contains(of.kind())) {
            everything.add(effect, of);
        } else if (!of.instrument().isEmpty()) {
            hit(instruments.computeIfAbsent(of.venue(), first -> new HashMap<>()), of.instrument())
                    .add(effect, of);
        } else if (WRITERS.contains(of.kind())) {
            hit(writers, of.key()).add(effect, of);
        } else if (sources.contains(of.key())) {
            hit(connections, of.key()).add(effect, of);
        } else if (sources.contains(of.venue() + '/' + of.key())) {
            hit(connections, of.venue() + '/' + of.key()).add(effect, of);
        } else if (!of.venue().isEmpty()) {
            hit(venues, of.venue()).add(effect, of);
        } else {
            hit(keys, of.key()).add(effect, of);
        }
    }

    private static GateState effect(final CaseRecord of) {
        final GateState full =
                switch (of.severity()) {
                    case CRITICAL, HIGH -> GateState.CLOSED;
                    case MEDIUM -> GateState.CAUTION;
                    case LOW -> GateState.OPEN;
                };
        return of.state() == CaseState.CLEARING ? full.eased() : full;
    }

    /** Adds to {@code hit} all that concerns this price. Of every symbol, so it makes nothing. */
    void on(final String symbol, final GateSubject.Price price, final Hit hit) {
        hit.add(everything);
        final Map<String, Hit> ofVenue = instruments.get(price.venue());
        hit.add(ofVenue == null ? null : ofVenue.get(symbol));
        hit.add(keys.get(price.name()));
        hit.add(writers.get(price.writer()));
        hit.add(venues.get(price.venue()));
        if (!connections.isEmpty()) {
            for (final String source : price.sources()) {
                hit.add(connections.get(source));
            }
        }
    }

    private static Hit hit(final Map<String, Hit> hits, final String about) {
        return hits.computeIfAbsent(about, first -> new Hit());
    }
}
