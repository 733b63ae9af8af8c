package io.plumbline.app;

import io.plumbline.journal.Recovery;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what became of the journal of a process that was killed. */
final class RecoveredSegments {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveredSegments.class);

    private RecoveredSegments() {}

    static void tell(final List<Recovery> recoveries) {
        for (final Recovery recovery : recoveries) {
            if (recovery.lostBytes() > 0) {
                LOG.warn(
                        "journal {} was not closed: {} records are whole, {} bytes after them are"
                                + " not ({}) and lie in {}",
                        recovery.segment(),
                        recovery.keptRecords(),
                        recovery.lostBytes(),
                        recovery.reason(),
                        recovery.corrupt().map(Path::toString).orElse("no file"));
            } else {
                LOG.info(
                        "journal {} was not closed: all of its {} records are whole",
                        recovery.segment(),
                        recovery.keptRecords());
            }
        }
    }
}
