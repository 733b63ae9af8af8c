package io.plumbline.app.http;

import io.plumbline.app.gate.GateReading;
import io.plumbline.app.latency.LatencyView;
import io.plumbline.metrics.Counters;
import java.util.List;
import java.util.Map;

/**
 * The monitor as the HTTP side sees it; the composition root gives it.
 *
 * <p>Every method is called on an event loop, any time from the moment the server is started, also
 * while nothing else has started: it returns what is known now, at once, and waits for nothing.
 * Lists are snapshots that nobody changes afterwards.
 */
public interface MonitorView {
    /** How the monitor is; the cheapest of all, asked each second. */
    Health health();

    /** Everything it depends on, in a stable order. */
    List<Dependency> dependencies();

    /** Whether it has been able to judge everything it was told to. */
    Readiness readiness();

    /**
     * Every watched key, in a stable order; up to 20,000. May be up to a second old: give the same
     * list to all who ask within it.
     */
    List<SymbolStatus> symbols();

    /**
     * The latest findings as they stand in the findings file, one JSON object each, newest first.
     */
    List<String> recentFindings(int limit);

    /** What people may change. */
    Controls controls();

    /** Cases that are not long resolved, newest first. */
    List<CaseView> cases();

    /** Latencies per hop and name, of the last interval and in total. */
    List<LatencyView> latency();

    /** The last minutes of this Redis key, or null where it is not watched. */
    Trend trend(String key);

    /** Whether anything may be traded at all. */
    GateReading gate();

    /** Whether each symbol may be traded, in a stable order. */
    List<GateReading> gates();

    /** Whether {@code symbol} may be traded, or null where it is not watched. */
    GateReading gate(String symbol);

    /** What was fetched again after gaps, one entry a venue that is asked. */
    List<BackfillView> backfills();

    /** What the connections that have a twin have brought; none where none has. */
    List<FeedCopies> copies();

    /** Every node of every Redis that is asked how it is. */
    List<RedisNodeView> redisNodes();

    /** What happened to the connections to venues over time. */
    Vitals vitals();

    /** From when on the diagnostic API calls something poor. */
    Thresholds thresholds();

    /** What was looked at when it started. */
    List<Prerequisite> prerequisites();

    /** The counters of the process. */
    Counters counters();

    /** Levels now; one that is not known yet is left out. */
    Map<GaugeId, Long> gauges();
}
