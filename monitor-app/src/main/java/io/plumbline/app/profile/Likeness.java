package io.plumbline.app.profile;

import io.plumbline.detect.Detector;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.Instruments.Instrument;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares every value of every key with every price that it may be. A detector by its place in the
 * engine, which finds nothing: what it saw is asked of it when the engine has stopped.
 */
public final class Likeness implements Detector {
    /** So long a value may be ahead of our own feed, and so long it waits. */
    private static final long HOLD_NS = 500_000_000L;

    /** Shares so near to each other are alike: the name decides, then who is closer in time. */
    private static final int SHARE_STEP = 20;

    private final MarketState state;
    private final List<ProfilePlan.Candidate> candidates;
    private final long windowNs;
    private final KeyLikeness[] keys;

    /**
     * @param candidates by the ids of the watched keys
     * @param windowNs how far back a late value is recognised
     */
    public Likeness(
            final MarketState state,
            final List<ProfilePlan.Candidate> candidates,
            final long windowNs) {
        this.state = state;
        this.candidates = candidates;
        this.windowNs = windowNs;
        keys = new KeyLikeness[candidates.size()];
        for (int id = 0; id < keys.length; id++) {
            keys[id] = new KeyLikeness(state, named(candidates.get(id).key().name()));
        }
    }

    private int[] named(final String key) {
        return IntStream.range(0, state.instruments.size())
                .filter(id -> KeyNames.mentions(key, state.instruments.instrument(id)))
                .limit(KeyLikeness.MOST_SERIES)
                .toArray();
    }

    @Override
    public String name() {
        return "likeness";
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.KEY_VALUE && event.key >= 0) {
            keys[event.key].observed(event);
        } else if (event.type == EventType.TIMER) {
            for (final KeyLikeness key : keys) {
                key.judge(nowNs, HOLD_NS, windowNs);
            }
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append(finding.kind);
    }

    /** Whether any venue has told a price: else nothing can be said of any key. */
    public boolean anyPrice() {
        return IntStream.range(0, state.instruments.size())
                .anyMatch(
                        id ->
                                Stream.of(Field.values())
                                        .map(field -> state.references.history(id, field))
                                        .anyMatch(h -> h != null && h.size() > 0));
    }

    /** What was seen; once the engine has stopped. */
    List<KeyProfile> profiles() {
        final List<KeyProfile> profiles = new ArrayList<>(keys.length);
        for (int id = 0; id < keys.length; id++) {
            final ProfilePlan.Candidate candidate = candidates.get(id);
            profiles.add(
                    new KeyProfile(
                            candidate.redis(),
                            candidate.key().name(),
                            candidate.key().type(),
                            candidate.format(),
                            keys[id].writes(),
                            matches(candidate, keys[id]),
                            keys[id].series().size(),
                            keys[id].life(),
                            keys[id].writesNs()));
        }
        return profiles;
    }

    private List<KeyProfile.Match> matches(
            final ProfilePlan.Candidate candidate, final KeyLikeness key) {
        final String told = candidate.key().name() + ' ' + candidate.format();
        return key.series().stream()
                .filter(series -> series.exact() + series.near() > 0)
                .map(this::match)
                .sorted(
                        Comparator.<KeyProfile.Match>comparingInt(m -> -m.share() / SHARE_STEP)
                                .thenComparing(m -> !KeyNames.says(told, m.field()))
                                .thenComparing(
                                        m ->
                                                !KeyNames.mentions(
                                                        candidate.key().name(), m.instrument()))
                                .thenComparingLong(KeyProfile.Match::sinceMedianNs))
                .toList();
    }

    private KeyProfile.Match match(final SeriesLikeness series) {
        final Instrument instrument = state.instruments.instrument(series.instrument);
        return new KeyProfile.Match(
                instrument,
                series.field,
                series.judged(),
                series.exact(),
                series.near(),
                series.ahead(),
                series.lagNs(500),
                series.lagNs(990),
                series.sinceNs(500));
    }
}
