package io.plumbline.app;

import io.plumbline.app.http.FeedCopies;
import io.plumbline.app.watch.Watch;
import io.plumbline.market.CopyCounts;
import io.plumbline.market.CopyCounts.Count;
import io.plumbline.market.Sources;
import java.util.List;

/** What the connections that have a twin have brought, with names. Any thread. */
final class CopyBoard {
    private final List<Sources.Source> paired;
    private final CopyCounts counts;

    CopyBoard(final Watch watch) {
        paired =
                watch.sources().all().stream()
                        .filter(source -> watch.sources().twin(source.id()) >= 0)
                        .toList();
        counts = watch.state().twins.counts();
    }

    List<FeedCopies> read() {
        return paired.stream()
                .map(
                        source ->
                                new FeedCopies(
                                        source.name(),
                                        counts.get(source.id(), Count.FIRSTS),
                                        counts.get(source.id(), Count.DUPLICATES),
                                        counts.get(source.id(), Count.TIMED),
                                        counts.get(source.id(), Count.LATE_NS),
                                        counts.get(source.id(), Count.MISSED),
                                        counts.get(source.id(), Count.DIFFERENT)))
                .toList();
    }
}
