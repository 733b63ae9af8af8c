package io.plumbline.app;

import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.WriterSettings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A table that somebody fills from Redis every 100 ms, faithfully until told otherwise. */
final class PriceTable implements AutoCloseable {
    private static final long PAUSE_NS = 100_000_000L;

    private final String url;
    private final String user;
    private final Map<String, String> held = new HashMap<>();
    private final Map<String, String> renamed = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private volatile boolean closed;
    private Thread thread;
    private volatile SQLException failure;

    PriceTable(final String url, final String user, final String type) throws SQLException {
        this.url = url;
        this.user = user;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (url.startsWith("jdbc:sqlite")) {
                statement.execute("PRAGMA journal_mode=WAL");
            }
            statement.execute(
                    "CREATE TABLE prices (symbol VARCHAR(40) PRIMARY KEY, price "
                            + type
                            + ", updated BIGINT)");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, "");
    }

    /** Begins to copy. */
    void follow(final int redisPort, final List<SimulatedInstrument> instruments) {
        thread = Monitor.background("price-table", () -> run(redisPort, instruments));
    }

    private void run(final int redisPort, final List<SimulatedInstrument> instruments) {
        final WriterSettings writing = WriterSettings.standard();
        final String[] keys =
                instruments.stream()
                        .map(instrument -> writing.key(instrument.symbol()))
                        .toArray(String[]::new);
        try (Connection connection = connect();
                Jedis redis =
                        new Jedis(
                                new HostAndPort("127.0.0.1", redisPort),
                                DefaultJedisClientConfig.builder()
                                        .serverDefaultProtocol()
                                        .build())) {
            connection.setAutoCommit(false);
            while (!closed) {
                final List<String> values = redis.mget(keys);
                synchronized (this) {
                    copy(connection, instruments, values);
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        } catch (final SQLException e) {
            failure = e;
        } catch (final JedisConnectionException ended) {
            // The stage was taken down.
        }
    }

    private void copy(
            final Connection connection,
            final List<SimulatedInstrument> instruments,
            final List<String> values)
            throws SQLException {
        if (closed) {
            return;
        }
        try (Statement clear = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO prices VALUES (?, ?, ?)")) {
            clear.execute("DELETE FROM prices");
            for (int i = 0; i < values.size(); i++) {
                final String symbol = instruments.get(i).symbol();
                final String price = held.getOrDefault(symbol, values.get(i));
                if (price != null && !forgotten.contains(symbol)) {
                    insert.setString(1, renamed.getOrDefault(symbol, symbol));
                    insert.setBigDecimal(2, new BigDecimal(price));
                    insert.setLong(3, System.currentTimeMillis());
                    insert.executeUpdate();
                }
            }
        }
        connection.commit();
    }

    synchronized void hold(final String symbol, final String price) {
        held.put(symbol, price);
    }

    synchronized void forget(final String symbol) {
        forgotten.add(symbol);
    }

    synchronized void rename(final String symbol, final String other) {
        renamed.put(symbol, other);
    }

    synchronized void well() {
        held.clear();
        renamed.clear();
        forgotten.clear();
    }

    /** Stops to copy and removes the table. */
    void drop() throws Exception {
        closed = true;
        thread.join(5_000);
        if (failure != null) {
            throw failure;
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE prices");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
