package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookReason;
import io.plumbline.market.Continuity;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Decode, market state, detectors: one message at a time, on one thread, live and in replay alike.
 * It never reads a clock: {@code nowNs} is the running maximum of the stamps.
 *
 * <p>A detector that throws is switched off and reported; the others go on.
 */
public final class Engine implements InboundHandler, EventHandler {
    private final MarketState state;
    private final MessageDecoder[] decoders;
    private final Detector[] detectors;

    /** Places of those that hear MARKET events. */
    private final int[] ofMarket;

    /** Places of those that hear KEY_VALUE events. */
    private final int[] ofValues;

    private final boolean[] off;
    private final FindingSink findings;
    private final Counters counters;
    private final EventTally tally;
    private final MarketEvent draft = new MarketEvent();
    private final MarketEvent dropped = new MarketEvent();
    private long nowNs = Long.MIN_VALUE;
    private long events;

    /**
     * @param decoders by source id; null for sources whose messages only the engine reads
     * @param detectors in the order in which they are asked
     */
    public Engine(
            final MarketState state,
            final MessageDecoder[] decoders,
            final List<Detector> detectors,
            final FindingSink findings,
            final Counters counters) {
        this.state = state;
        this.decoders = decoders.clone();
        this.detectors = detectors.toArray(new Detector[0]);
        this.ofMarket = places(Detector::hearsMarket);
        this.ofValues = places(Detector::hearsValues);
        this.off = new boolean[this.detectors.length];
        this.findings = findings;
        this.counters = counters;
        this.tally = new EventTally(state.sources);
    }

    private int[] places(final Predicate<Detector> hears) {
        return IntStream.range(0, detectors.length).filter(i -> hears.test(detectors[i])).toArray();
    }

    /** The running maximum of all stamps, ns since the epoch. */
    public long nowNs() {
        return nowNs;
    }

    public EventTally tally() {
        return tally;
    }

    @Override
    public void onMessage(final InboundMessage message) {
        onMessage(message, null);
    }

    /**
     * The same for a message that may have been decoded ahead.
     *
     * @param decoded its only event, or null where it is decoded here
     */
    public void onMessage(final InboundMessage message, final MarketEvent decoded) {
        nowNs = Math.max(nowNs, message.stampNs);
        counters.incrementAlone(CounterId.ENGINE_MESSAGES);
        if (message.source < 0 || message.source >= decoders.length || message.type == null) {
            counters.increment(CounterId.ENGINE_UNPARSED);
            return;
        }
        if (message.droppedBefore > 0) {
            ownLoss(message);
        }
        try {
            if (decoded == null) {
                draft.begin(message);
                dispatch(message);
            } else {
                decode(message, decoded);
            }
        } catch (final RuntimeException e) {
            counters.increment(CounterId.ENGINE_FAULTS);
            draft.begin(message);
            draft.type = EventType.UNPARSED;
            judge(draft);
        }
    }

    private void dispatch(final InboundMessage message) {
        switch (message.type) {
            case FRAME_TEXT:
            case FRAME_BINARY:
            case REFERENCE:
            case SNAPSHOT:
            case BACKFILL:
            case REDIS_VALUE:
            case REDIS_EVENT:
                decode(message, null);
                break;
            case SESSION:
                session();
                break;
            case HEARTBEAT:
                state.sessions.onMessage(message.source, message.stampNs, false);
                state.sight.onMessage(message.source, message.stampNs);
                draft.type = EventType.HEARTBEAT;
                judge(draft);
                break;
            case TIMER:
                draft.type = EventType.TIMER;
                draft.venueNs = wallNs(message);
                state.books.onTime(nowNs);
                judge(draft);
                break;
            case MONITOR:
                monitorFact();
                break;
            case PROBE:
                if (decoders[message.source] != null) {
                    decoders[message.source].decode(message, draft, this);
                }
                break;
            default:
                break;
        }
    }

    private void decode(final InboundMessage message, final MarketEvent decoded) {
        final boolean frame =
                message.type == InboundType.FRAME_TEXT || message.type == InboundType.FRAME_BINARY;
        if (frame && !state.sessions.isAlive(message.source, message.epoch)) {
            counters.increment(CounterId.ENGINE_OLD_EPOCH);
            return;
        }
        if (!message.type.isFetched()) {
            state.sessions.onMessage(message.source, message.stampNs, false);
            state.sight.onMessage(message.source, message.stampNs);
        }
        if (decoded != null) {
            onEvent(decoded);
        } else if (decoders[message.source] != null) {
            decoders[message.source].decode(message, draft, this);
        }
    }

    /** Takes a decoded event from the decoder. */
    @Override
    public void onEvent(final MarketEvent event) {
        events++;
        if (event.connectionSequence != MarketEvent.NONE) {
            connectionSequence(event);
        }
        switch (event.type) {
            case MARKET:
                market(event);
                break;
            case FETCHED_BOOK:
                tally.count(event);
                state.books.onEvent(event, nowNs);
                break;
            case KEY_VALUE:
                if (event.key >= 0) {
                    state.observations.onValue(event);
                    state.holders.onEvent(event);
                }
                break;
            case KEY_EVENT:
                state.holders.onEvent(event);
                break;
            case INSTRUMENT:
                if (event.instrument >= 0) {
                    state.instruments.tick(event.instrument).set(event.tick);
                }
                break;
            case IGNORED:
                state.books.onUnwatched(event);
                break;
            case UNPARSED:
                counters.increment(CounterId.ENGINE_UNPARSED);
                break;
            default:
                break;
        }
        judge(event);
    }

    /** The first copy of two is the market's; a book follows the connection that feeds it. */
    private void market(final MarketEvent event) {
        state.sessions.onMessage(event.source, event.receivedNs, true);
        state.twins.judge(event);
        state.books.onEvent(event, nowNs);
        if (state.twins.isPaired(event.source)) {
            state.twins.merge(event);
        }
        if (event.type == EventType.MARKET) {
            tally.count(event);
        }
        if (event.type == EventType.MARKET || event.continuity != Continuity.REDUNDANT) {
            state.references.onEvent(event);
        }
    }

    /** Judged once per message: further events of it carry the verdict, not the number. */
    private void connectionSequence(final MarketEvent event) {
        if (event.connectionContinuity != Continuity.UNJUDGED) {
            event.connectionSequence = MarketEvent.NONE;
            return;
        }
        state.streams.onConnectionSequence(event);
        if (event.connectionContinuity == Continuity.GAP
                || event.connectionContinuity == Continuity.OWN_LOSS) {
            if (!state.twins.otherIsUp(event.source)) {
                state.references.hole(state.subscriptions, event.source, event.receivedNs);
            }
            state.books.onConnectionHole(
                    event.source,
                    event.connectionContinuity == Continuity.GAP
                            ? BookReason.CONNECTION_GAP
                            : BookReason.OWN_LOSS,
                    nowNs);
        }
    }

    @Override
    public void onBatchEnd() {
        counters.add(CounterId.ENGINE_EVENTS, events);
        events = 0;
        state.books.count(counters);
    }

    private void judge(final MarketEvent event) {
        if (event.type == EventType.MARKET || event.type == EventType.KEY_VALUE) {
            for (final int i : event.type == EventType.MARKET ? ofMarket : ofValues) {
                ask(i, event);
            }
        } else {
            for (int i = 0; i < detectors.length; i++) {
                ask(i, event);
            }
        }
    }

    private void ask(final int index, final MarketEvent event) {
        if (!off[index]) {
            try {
                detectors[index].onEvent(event, nowNs, findings);
            } catch (final RuntimeException e) {
                switchOff(index, e);
            }
        }
    }

    private void switchOff(final int index, final RuntimeException fault) {
        off[index] = true;
        counters.increment(CounterId.ENGINE_FAULTS);
        final StackTraceElement[] trace = fault.getStackTrace();
        final Finding finding =
                findings.claim(FindingKind.DETECTOR_FAULT, Edge.OPEN, "engine", nowNs);
        finding.key = detectors[index].name();
        finding.with(Evidence.CAUSE, fault.getClass().getSimpleName())
                .with(Evidence.DETAIL, trace.length == 0 ? "" : trace[0].toString());
        findings.publish();
    }

    private void ownLoss(final InboundMessage message) {
        state.twins.ownLoss(message.source);
        state.books.onOwnLoss(message.source, nowNs);
        dropped.clear();
        dropped.type = EventType.DROPPED;
        dropped.source = message.source;
        dropped.epoch = message.epoch;
        dropped.receivedNs = message.stampNs;
        dropped.count = message.droppedBefore;
        judge(dropped);
    }

    private void session() {
        final String text = draft.text(draft.length);
        final int space = text.indexOf(' ');
        draft.type = EventType.SESSION;
        draft.session = SessionState.valueOf(space < 0 ? text : text.substring(0, space));
        skipWord(space);
        state.sessions.onSession(draft, draft.text(draft.length));
        state.sight.onSession(draft);
        state.books.onSession(draft, nowNs);
        judge(draft);
    }

    private void monitorFact() {
        final String text = draft.text(draft.length);
        final int space = text.indexOf(' ');
        draft.type = EventType.MONITOR;
        draft.fact = MonitorFact.valueOf(space < 0 ? text : text.substring(0, space));
        skipWord(space);
        state.sight.onFact(draft);
        judge(draft);
    }

    private void skipWord(final int space) {
        final int skipped = space < 0 ? draft.length : space + 1;
        draft.offset += skipped;
        draft.length -= skipped;
    }

    private static long wallNs(final InboundMessage message) {
        if (message.length < Long.BYTES) {
            return MarketEvent.NONE;
        }
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | message.bytes[message.offset + i] & 0xff;
        }
        return value;
    }

    /** The sentence for the engine's own findings (DETECTOR_FAULT). Desk thread. */
    public static void describe(final Finding finding, final StringBuilder out) {
        out.append("Detector ")
                .append(finding.key)
                .append(" failed with ")
                .append(finding.text(Evidence.CAUSE))
                .append(" and is switched off; its verdicts are missing until a restart");
    }
}
