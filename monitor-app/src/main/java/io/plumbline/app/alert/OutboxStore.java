package io.plumbline.app.alert;

import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.Silence;
import io.plumbline.finding.Severity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file: WAL, {@code synchronous=FULL}, locked by this process. A row per alert and
 * channel, in the order in which they were accepted; a row per open case; a row per silence.
 *
 * <pre>
 *  queued ──▶ attempted ──▶ delivered
 *     │           └───────▶ dead       refused, expired, given up
 *     └───────────────────▶ dead, skipped (resolved before its first attempt, where so configured)
 * </pre>
 *
 * <p>Not thread-safe: {@link Outbox} holds a lock.
 */
final class OutboxStore implements AutoCloseable {
    private static final int PAGE_BYTES = 4_096;

    private static final String ALERTS =
            "CREATE TABLE IF NOT EXISTS alerts (row INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT"
                + " NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, not_before_ns INTEGER"
                + " NOT NULL, accepted_ns INTEGER NOT NULL, reason TEXT NOT NULL, id TEXT NOT NULL,"
                + " action TEXT NOT NULL, dedup_key TEXT NOT NULL, episode TEXT NOT NULL, severity"
                + " TEXT NOT NULL, kind TEXT NOT NULL, summary TEXT NOT NULL, detail TEXT NOT NULL,"
                + " since_ns INTEGER NOT NULL, at_ns INTEGER NOT NULL)";

    /** States of a row that is still to be delivered. */
    private static final List<String> WAITING_STATES = List.of("queued", "attempted");

    private static final String WAITING =
            " state IN ('" + String.join("', '", WAITING_STATES) + "')";

    private final Path file;
    private final Connection connection;
    private final CaseTable cases;
    private final SilenceTable silences;

    /** Opens the file, making it and its tables where they are missing. */
    OutboxStore(final Path file, final long maxBytes) throws SQLException {
        this.file = file;
        final SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setBusyTimeout(100);
        connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count=" + Math.max(64, maxBytes / PAGE_BYTES));
            statement.execute(ALERTS);
            statement.execute(
                    "CREATE INDEX IF NOT EXISTS alerts_state ON alerts (state, channel, row)");
            cases = new CaseTable(connection);
            silences = new SilenceTable(connection);
        } catch (final SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Cases that were open when they were last written. */
    List<CaseRecord> openCases() throws SQLException {
        return cases.all();
    }

    /** Silences that stood when they were last written. */
    List<Silence> silences() throws SQLException {
        return silences.all();
    }

    /** Keeps these silences and no others. */
    void keep(final List<Silence> standing) throws SQLException {
        try {
            execute("BEGIN IMMEDIATE");
            silences.replace(standing);
            execute("COMMIT");
        } catch (final SQLException e) {
            throw undone(e);
        }
    }

    /**
     * Keeps all or none: an alert for every channel, and every case as it is now.
     *
     * @return row numbers, all channels of the first alert first
     */
    List<Long> add(
            final List<Alert> alerts,
            final Collection<String> channels,
            final Collection<CaseRecord> changed,
            final long nowNs)
            throws SQLException {
        final List<Long> rows = new ArrayList<>(alerts.size() * channels.size());
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO alerts (channel, state, attempts, not_before_ns, accepted_ns,"
                            + " reason, id, action, dedup_key, episode, severity, kind, summary,"
                            + " detail, since_ns, at_ns) VALUES (?, 'queued', 0, 0, ?, '', ?, ?, ?,"
                            + " ?, ?, ?, ?, ?, ?, ?)")) {
            execute("BEGIN IMMEDIATE");
            for (final Alert alert : alerts) {
                for (final String channel : channels) {
                    insert.setString(1, channel);
                    insert.setLong(2, nowNs);
                    insert.setString(3, alert.id());
                    insert.setString(4, alert.action().name());
                    insert.setString(5, alert.dedupKey());
                    insert.setString(6, alert.episode());
                    insert.setString(7, alert.severity().name());
                    insert.setString(8, alert.kind());
                    insert.setString(9, alert.summary());
                    insert.setString(10, alert.detail());
                    insert.setLong(11, alert.sinceNs());
                    insert.setLong(12, alert.atNs());
                    insert.executeUpdate();
                    try (ResultSet keys = insert.getGeneratedKeys()) {
                        keys.next();
                        rows.add(keys.getLong(1));
                    }
                }
            }
            cases.put(changed);
            execute("COMMIT");
            return rows;
        } catch (final SQLException e) {
            throw undone(e);
        }
    }

    /** What is still to be delivered over {@code channel}, oldest first. */
    List<Parcel> waiting(final String channel) throws SQLException {
        final List<Parcel> parcels = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT row, dedup_key, action, attempts, not_before_ns, accepted_ns FROM"
                                + " alerts WHERE"
                                + " channel = ? AND"
                                + WAITING
                                + " ORDER BY row")) {
            select.setString(1, channel);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    parcels.add(
                            new Parcel(
                                    found.getLong(1),
                                    found.getString(2),
                                    Alert.Action.valueOf(found.getString(3)),
                                    null,
                                    found.getLong(6),
                                    found.getInt(4),
                                    found.getLong(5)));
                }
            }
        }
        return parcels;
    }

    /** The alert of this row, or null when there is none. */
    Alert load(final long row) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT id, action, dedup_key, episode, severity, kind, summary, detail,"
                                + " since_ns, at_ns FROM alerts WHERE row = ?")) {
            select.setLong(1, row);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? alert(found) : null;
            }
        }
    }

    private static Alert alert(final ResultSet row) throws SQLException {
        return new Alert(
                row.getString(1),
                Alert.Action.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                Severity.valueOf(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getLong(10));
    }

    /** Writes down how far a row has come. */
    void mark(
            final long row,
            final String state,
            final int attempts,
            final long notBeforeNs,
            final String reason)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE alerts SET state = ?, attempts = ?, not_before_ns = ?, reason = ?"
                                + " WHERE row = ?")) {
            update.setString(1, state);
            update.setInt(2, attempts);
            update.setLong(3, notBeforeNs);
            update.setString(4, reason);
            update.setLong(5, row);
            update.executeUpdate();
        }
    }

    /**
     * Gives up what waits for channels that are not configured any more, and what is too old;
     * deletes finished rows that are too old or too many.
     *
     * @return how many undelivered rows were given up
     */
    int prune(final Set<String> channels, final long olderThanNs, final int maxRows)
            throws SQLException {
        final String marks = String.join(", ", java.util.Collections.nCopies(channels.size(), "?"));
        try (PreparedStatement orphans =
                        connection.prepareStatement(
                                "UPDATE alerts SET state = 'dead', reason = 'channel not configured"
                                        + " any more' WHERE"
                                        + WAITING
                                        + " AND channel NOT IN ("
                                        + marks
                                        + ")");
                PreparedStatement old =
                        connection.prepareStatement("DELETE FROM alerts WHERE accepted_ns < ?");
                PreparedStatement many =
                        connection.prepareStatement(
                                "DELETE FROM alerts WHERE row IN (SELECT row FROM alerts WHERE NOT"
                                        + WAITING
                                        + " ORDER BY row LIMIT max(0, (SELECT count(*) FROM alerts)"
                                        + " - ?))")) {
            int at = 1;
            for (final String channel : channels) {
                orphans.setString(at++, channel);
            }
            int given = orphans.executeUpdate();
            old.setLong(1, olderThanNs);
            final int waiting = waitingOlderThan(olderThanNs);
            old.executeUpdate();
            given += waiting;
            many.setInt(1, maxRows);
            many.executeUpdate();
            return given;
        }
    }

    /** Makes room: deletes the older half of the finished rows. */
    void dropFinished() throws SQLException {
        execute(
                "DELETE FROM alerts WHERE row IN (SELECT row FROM alerts WHERE NOT"
                        + WAITING
                        + " ORDER BY row LIMIT (SELECT (count(*) + 1) / 2 FROM alerts WHERE NOT"
                        + WAITING
                        + "))");
    }

    /** Whether a row in this state is still to be sent. */
    static boolean isWaiting(final String state) {
        return WAITING_STATES.contains(state);
    }

    void drop(final long row) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM alerts WHERE row = ?")) {
            delete.setLong(1, row);
            delete.executeUpdate();
        }
    }

    private int waitingOlderThan(final long ns) throws SQLException {
        try (PreparedStatement count =
                connection.prepareStatement(
                        "SELECT count(*) FROM alerts WHERE accepted_ns < ? AND" + WAITING)) {
            count.setLong(1, ns);
            try (ResultSet found = count.executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        }
    }

    private void execute(final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SQLite undoes a transaction by itself when the disk is full; then this finds none. */
    private SQLException undone(final SQLException cause) {
        try {
            execute("ROLLBACK");
        } catch (final SQLException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
