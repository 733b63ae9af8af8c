package io.plumbline.app.gate;

import io.plumbline.app.desk.CaseRecord;
import io.plumbline.market.Board;
import io.plumbline.market.Board.Column;
import io.plumbline.market.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what may be traded. {@link #judge} is called under the desk's lock; readings may be taken
 * by any thread.
 */
public final class Gate {
    /** Hears of every change, with the gate's own reading of all symbols last. */
    public interface Listener {
        /** The reading of one symbol has changed. */
        void onChange(int index, GateReading reading);

        /**
         * All that changed was told; {@code overall} stands, and the monitor vouches at {@code
         * nowNs}.
         */
        void onJudged(GateReading overall, boolean vouches, long nowNs);
    }

    private static final long NS_PER_MS = 1_000_000L;
    private static final Verdict[] VERDICTS = Verdict.values();

    private final List<GateSubject> subjects;
    private final Board board;
    private final Listener listener;
    private final Set<String> sources = new HashSet<>();
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final GateReading[] readings;
    private final long[] row = Board.row();

    /** What speaks against the symbol that is looked at. */
    private final Hit hit = new Hit();

    private volatile List<GateReading> published;
    private volatile GateReading overall;

    /**
     * @param startedNs where epochs begin: ms since the epoch, so that they grow across restarts
     */
    public Gate(
            final Collection<GateSubject> subjects,
            final Board board,
            final long startedNs,
            final Listener listener) {
        this.subjects = List.copyOf(subjects);
        this.board = board;
        this.listener = listener;
        readings = new GateReading[this.subjects.size()];
        final long epoch = startedNs / NS_PER_MS;
        for (int i = 0; i < readings.length; i++) {
            final GateSubject subject = this.subjects.get(i);
            indexes.put(subject.symbol(), i);
            subject.prices().forEach(price -> sources.addAll(price.sources()));
            readings[i] = closed(subject.symbol(), epoch, startedNs);
        }
        overall = closed("", epoch, startedNs);
        published = List.of(readings);
    }

    private static GateReading closed(final String symbol, final long epoch, final long nowNs) {
        return new GateReading(
                symbol, GateState.CLOSED, "the monitor is starting", List.of(), epoch, nowNs);
    }

    /**
     * Judges every symbol anew.
     *
     * @param cannotVouch why the monitor cannot vouch for anything; "" while it can
     */
    public void judge(final List<CaseRecord> cases, final String cannotVouch, final long nowNs) {
        final CaseEffects effects = new CaseEffects(sources, cases);
        boolean changed = false;
        for (int i = 0; i < readings.length; i++) {
            hit.clear();
            if (!cannotVouch.isEmpty()) {
                hit.add(GateState.CLOSED, cannotVouch);
            }
            final GateSubject subject = subjects.get(i);
            for (final GateSubject.Price price : subject.prices()) {
                effects.on(subject.symbol(), price, hit);
                seen(price);
            }
            final GateReading next = next(readings[i], hit, nowNs);
            if (next != readings[i]) {
                readings[i] = next;
                changed = true;
                listener.onChange(i, next);
            }
        }
        if (changed) {
            published = List.of(readings);
        }
        overall = next(overall, overall(cannotVouch), nowNs);
        listener.onJudged(overall, cannotVouch.isEmpty(), nowNs);
    }

    /** What the engine says of the key itself, which needs no case. */
    private void seen(final GateSubject.Price price) {
        board.read(price.key(), row);
        final Verdict verdict = VERDICTS[(int) row[Column.VERDICT.ordinal()]];
        switch (verdict) {
            case UNSEEN -> hit.add(GateState.CLOSED, price.name() + " has not been seen yet");
            case ABSENT -> hit.add(GateState.CLOSED, price.name() + " holds no price");
            case WRONG -> hit.add(GateState.CLOSED, price.name() + " is not the exchange's price");
            case FROZEN ->
                    hit.add(GateState.CLOSED, price.name() + " stands while its market moves");
            case LATE -> hit.add(GateState.CAUTION, price.name() + " is late");
            case UNVERIFIABLE ->
                    hit.add(GateState.CAUTION, price.name() + " cannot be compared now");
            case IN_SYNC, SUSPECT -> {}
        }
        if (row[Column.REFERENCE_GIVEN.ordinal()] == 0) {
            hit.add(GateState.CLOSED, price.venue() + " has not told this price yet");
        }
    }

    /** Closed when nothing is open to trade, caution when not everything is. */
    private Hit overall(final String cannotVouch) {
        hit.clear();
        int open = 0;
        int closed = 0;
        GateReading worst = null;
        for (final GateReading reading : readings) {
            open += reading.state() == GateState.OPEN ? 1 : 0;
            closed += reading.state() == GateState.CLOSED ? 1 : 0;
            if (worst == null || reading.state().compareTo(worst.state()) > 0) {
                worst = reading;
            }
        }
        if (!cannotVouch.isEmpty()) {
            hit.add(GateState.CLOSED, cannotVouch);
        } else if (worst == null) {
            hit.add(GateState.CLOSED, "no symbol is watched");
        } else if (open < readings.length) {
            hit.add(
                    closed == readings.length ? GateState.CLOSED : GateState.CAUTION,
                    open
                            + " of "
                            + readings.length
                            + " symbols are open, "
                            + closed
                            + " are closed; the first of the worst is "
                            + worst.symbol()
                            + ": "
                            + worst.reason());
        }
        return hit;
    }

    private static GateReading next(final GateReading now, final Hit hit, final long nowNs) {
        if (now.state() == hit.state()
                && now.reason().equals(hit.reason())
                && now.findings().equals(hit.findings())) {
            return now;
        }
        final boolean other = now.state() != hit.state();
        return new GateReading(
                now.symbol(),
                hit.state(),
                hit.reason(),
                hit.findings(),
                other ? now.epoch() + 1 : now.epoch(),
                other ? nowNs : now.sinceNs());
    }

    /** Of all symbols together. Any thread. */
    public GateReading overall() {
        return overall;
    }

    /** Of every symbol, in a stable order. Any thread. */
    public List<GateReading> readings() {
        return published;
    }

    /** Of one symbol, or null where it is not watched. Any thread. */
    public GateReading of(final String symbol) {
        final Integer index = indexes.get(symbol);
        return index == null ? null : published.get(index);
    }

    /** The symbols in the order of their indexes. */
    public List<String> symbols() {
        return new ArrayList<>(indexes.keySet());
    }
}
