package io.plumbline.app;

import io.plumbline.app.http.BackfillView;
import io.plumbline.app.watch.Watch;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.backfill.Backfill;
import io.plumbline.feed.rest.ReferenceSettings;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingHandler;
import io.plumbline.finding.FindingKind;
import io.plumbline.market.Instruments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Who fetches again what was lost: findings of gaps (desk thread) and wishes of order books (engine
 * thread) become errands at their venue. None of them waits.
 */
final class Backfills implements AutoCloseable {
    /** A request a second: at most a half of what any venue allows, weights included. */
    private static final int REQUESTS = 10;

    private static final long WINDOW_NS = 10_000_000_000L;

    private record Line(Backfill backfill, AtomicLong missing, AtomicLong recovered) {}

    private final Instruments instruments;
    private final Map<String, Line> venues = new LinkedHashMap<>();

    Backfills(final Watch watch, final FeedContext context, final RandomGenerator random) {
        instruments = watch.instruments();
        for (final Watch.VenueLink link : watch.venues()) {
            if (link.config().exchangeInformation() && !venues.containsKey(link.venue().name())) {
                final Backfill backfill =
                        new Backfill(
                                link.venue(),
                                link.config().rest(),
                                link.source(),
                                context,
                                ReferenceSettings.defaults().trusting(link.config().trust()),
                                new RequestBudget(REQUESTS, WINDOW_NS),
                                random);
                venues.put(
                        link.venue().name(),
                        new Line(backfill, new AtomicLong(), new AtomicLong()));
            }
        }
    }

    void start() {
        venues.values().forEach(line -> line.backfill.start());
    }

    @Override
    public void close() {
        venues.values().forEach(line -> line.backfill.close());
    }

    /** Passes findings on, and then looks for gaps in them. */
    FindingHandler behind(final FindingHandler desk) {
        return new FindingHandler() {
            @Override
            public void onFinding(final Finding finding) {
                desk.onFinding(finding);
                if (finding.kind == FindingKind.SEQUENCE_GAP) {
                    onGap(finding);
                }
            }

            @Override
            public void onBatchEnd() {
                desk.onBatchEnd();
            }
        };
    }

    private void onGap(final Finding finding) {
        final Line line = venues.get(finding.venue);
        final int instrument = instruments.find(finding.venue, finding.instrument);
        if (line == null || instrument < 0) {
            return;
        }
        if (finding.edge == Edge.EVENT) {
            final long from = finding.number(Evidence.MISSING_FROM, 0);
            final long to = finding.number(Evidence.MISSING_TO, -1);
            if (from <= to
                    && line.backfill.trades(
                            instruments.instrument(instrument), finding.channel, from, to)) {
                line.missing.addAndGet(to - from + 1);
            }
        } else {
            line.recovered.addAndGet(finding.number(Evidence.RECOVERED, 0));
        }
    }

    /** Takes on the order book of an instrument. */
    void book(final int instrument) {
        final Instruments.Instrument of = instruments.instrument(instrument);
        final Line line = venues.get(of.venue());
        if (line != null) {
            line.backfill.book(of);
        }
    }

    /** How each venue's stands. Any thread. */
    List<BackfillView> views() {
        final List<BackfillView> views = new ArrayList<>();
        for (final Line line : venues.values()) {
            views.add(
                    new BackfillView(
                            line.backfill.status(), line.missing.get(), line.recovered.get()));
        }
        return views;
    }
}
