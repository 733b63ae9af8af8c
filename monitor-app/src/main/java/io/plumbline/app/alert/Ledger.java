package io.plumbline.app.alert;

import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.Silence;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The outbox's books, and what is done when they cannot be kept. Writing never throws. A failed
 * write is reported once, what it should have kept is remembered (bounded) and written with the
 * next one that succeeds; alerts that could not be written have no row and live in memory. Any
 * thread; a lock lets one at a time to the disk.
 */
final class Ledger implements AutoCloseable {
    /** Finished rows are deleted once in so many accepts. */
    private static final int PRUNE_EVERY = 1_000;

    /** Something that could not be written. */
    private record Mark(long row, String state, int attempts, long notBeforeNs, String reason) {}

    private final Path file;
    private final OutboxSettings settings;
    private final EpochNanoClock clock;
    private final OutboxListener listener;
    private final Map<String, CaseRecord> owedCases = new LinkedHashMap<>();
    private final Deque<Mark> owedMarks = new ArrayDeque<>();
    private List<Silence> owedSilences;
    private Set<String> channels = Set.of();
    private OutboxStore store;
    private boolean failing;
    private boolean closed;
    private int untilPrune = PRUNE_EVERY;

    Ledger(
            final Path file,
            final OutboxSettings settings,
            final EpochNanoClock clock,
            final OutboxListener listener) {
        this.file = file;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * @return how many undelivered alerts were given up, for age or for a channel that is gone
     */
    synchronized int open(final Set<String> configured) {
        channels = Set.copyOf(configured);
        try {
            return prune();
        } catch (final SQLException e) {
            if (unreadable(e) && setAside()) {
                try {
                    return prune();
                } catch (final SQLException again) {
                    fault(again);
                    return 0;
                }
            }
            fault(e);
            return 0;
        }
    }

    /** A file that is no database must not keep the monitor from paging; it is kept for a look. */
    private boolean setAside() {
        try {
            closeStore();
            final Path aside =
                    file.resolveSibling(file.getFileName() + ".unreadable-" + clock.epochNanos());
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            for (final String tail : List.of("-wal", "-shm")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + tail));
            }
            listener.onStoreFault(
                    "outbox "
                            + file
                            + " is not a readable database: a new one was begun, the old"
                            + " one is "
                            + aside);
            listener.onStoreRecovered();
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    private static boolean unreadable(final SQLException e) {
        return result(e, SQLiteErrorCode.SQLITE_NOTADB)
                || result(e, SQLiteErrorCode.SQLITE_CORRUPT);
    }

    private static boolean result(final SQLException e, final SQLiteErrorCode code) {
        return e instanceof SQLiteException sqlite && sqlite.getResultCode() == code;
    }

    synchronized List<CaseRecord> openCases() {
        try {
            return store().openCases();
        } catch (final SQLException e) {
            fault(e);
            return List.of();
        }
    }

    synchronized List<Silence> silences() {
        try {
            return store().silences();
        } catch (final SQLException e) {
            fault(e);
            return List.of();
        }
    }

    /** Keeps these silences and no others. */
    synchronized void keep(final List<Silence> standing) {
        owedSilences = List.copyOf(standing);
        try {
            writeSilences();
        } catch (final SQLException e) {
            fault(e);
        }
    }

    private void writeSilences() throws SQLException {
        if (owedSilences != null) {
            store().keep(owedSilences);
            owedSilences = null;
        }
    }

    synchronized List<Parcel> waiting(final String channel) {
        try {
            return store().waiting(channel);
        } catch (final SQLException e) {
            fault(e);
            return List.of();
        }
    }

    /**
     * Keeps alerts and cases, all or none.
     *
     * @return a row per alert and channel, each {@link Parcel#UNSAVED} when the disk refused
     */
    synchronized List<Long> add(
            final List<Alert> alerts,
            final Collection<String> to,
            final Collection<CaseRecord> changed) {
        for (final CaseRecord of : changed) {
            owedCases.remove(of.fingerprint());
            owedCases.put(of.fingerprint(), of);
        }
        try {
            final List<Long> rows = write(alerts, to);
            owedCases.clear();
            recovered();
            if (--untilPrune <= 0) {
                prune();
            }
            return rows;
        } catch (final SQLException e) {
            fault(e);
            while (owedCases.size() > settings.maxInMemory()) {
                owedCases.remove(owedCases.keySet().iterator().next());
            }
            return Collections.nCopies(alerts.size() * to.size(), Parcel.UNSAVED);
        }
    }

    private List<Long> write(final List<Alert> alerts, final Collection<String> to)
            throws SQLException {
        final long nowNs = clock.epochNanos();
        try {
            return store().add(alerts, to, owedCases.values(), nowNs);
        } catch (final SQLException e) {
            if (!result(e, SQLiteErrorCode.SQLITE_FULL)) {
                throw e;
            }
            store().dropFinished();
            return store().add(alerts, to, owedCases.values(), nowNs);
        }
    }

    /**
     * The alert of {@code parcel}, or null when its row is gone: it grew too old.
     *
     * @throws SQLException when the disk does not give it now; already reported
     */
    synchronized Alert alert(final Parcel parcel) throws SQLException {
        if (parcel.unsaved != null) {
            return parcel.unsaved;
        }
        try {
            return store().load(parcel.row);
        } catch (final SQLException e) {
            fault(e);
            throw e;
        }
    }

    void mark(final Parcel parcel, final String state, final String reason) {
        if (parcel.row != Parcel.UNSAVED) {
            mark(parcel.row, state, parcel.attempts, parcel.notBeforeNs, reason);
        }
    }

    synchronized void mark(
            final long row,
            final String state,
            final int attempts,
            final long notBeforeNs,
            final String reason) {
        owedMarks.addLast(new Mark(row, state, attempts, notBeforeNs, reason));
        if (owedMarks.size() > settings.maxInMemory()) {
            owedMarks.removeFirst();
        }
        try {
            writeMarks();
        } catch (final SQLException e) {
            fault(e);
        }
    }

    private void writeMarks() throws SQLException {
        while (!owedMarks.isEmpty()) {
            final Mark mark = owedMarks.peekFirst();
            if (!fits(mark)) {
                store().dropFinished();
                if (!fits(mark)) {
                    giveRoom(mark);
                }
            }
            owedMarks.removeFirst();
        }
    }

    /** Whether the file had room for the mark: a row may grow with it. */
    private boolean fits(final Mark mark) throws SQLException {
        try {
            mark(mark);
            return true;
        } catch (final SQLException e) {
            if (!result(e, SQLiteErrorCode.SQLITE_FULL)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * In a file full of rows that are not finished none can be marked, and so none would ever be: a
     * finished one goes itself; of one that was attempted a restart does not know and sends again.
     */
    private void giveRoom(final Mark mark) throws SQLException {
        if (!OutboxStore.isWaiting(mark.state)) {
            store().drop(mark.row);
        }
    }

    private void mark(final Mark mark) throws SQLException {
        store().mark(mark.row, mark.state, mark.attempts, mark.notBeforeNs, mark.reason);
    }

    private int prune() throws SQLException {
        untilPrune = PRUNE_EVERY;
        final long olderThanNs = clock.epochNanos() - settings.keepNs();
        return store().prune(channels, olderThanNs, settings.maxRows());
    }

    private OutboxStore store() throws SQLException {
        if (closed) {
            throw new SQLException("the outbox is closed");
        }
        if (store == null) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
            } catch (final IOException e) {
                throw new SQLException("cannot make its folder: " + e.getMessage(), e);
            }
            store = new OutboxStore(file, settings.maxBytes());
        }
        return store;
    }

    private void recovered() throws SQLException {
        if (failing) {
            writeMarks();
            writeSilences();
            failing = false;
            listener.onStoreRecovered();
        }
    }

    private void fault(final SQLException e) {
        if (!result(e, SQLiteErrorCode.SQLITE_FULL)) {
            // The file may be gone or another one by now: the next write opens it anew.
            closeStore();
        }
        if (!failing && !closed) {
            failing = true;
            listener.onStoreFault(
                    "outbox "
                            + file
                            + ": "
                            + e.getMessage()
                            + "; alerts are held in memory and"
                            + " sent, a crash now would lose them. Free space, or see that no other"
                            + " monitor uses this file.");
        }
    }

    private void closeStore() {
        final OutboxStore old = store;
        store = null;
        if (old != null) {
            try {
                old.close();
            } catch (final SQLException e) {
                fault(e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closeStore();
        closed = true;
    }
}
