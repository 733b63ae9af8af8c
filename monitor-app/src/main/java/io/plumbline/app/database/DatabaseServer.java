package io.plumbline.app.database;

import io.plumbline.feed.probe.ProbeServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/**
 * How a database is reached: for reading only, whatever the user may do, and never for long.
 *
 * <p>Both drivers name themselves to {@link DriverManager}. PostgreSQL is told to refuse writes and
 * long statements by itself; of SQLite the file is opened for reading.
 */
public final class DatabaseServer implements ProbeServer<Connection> {
    private static final int BUSY_MS = 1_000;
    private static final int SQLITE_ERROR = 1;
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;

    private final String name;
    private final String url;
    private final String user;
    private final String password;

    /**
     * @param user null without one
     * @param password "" without one
     */
    public DatabaseServer(
            final String name, final String url, final String user, final String password) {
        this.name = name;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(url, isSqlite() ? sqlite() : postgres());
    }

    boolean isSqlite() {
        return url.startsWith("jdbc:sqlite:");
    }

    private static Properties sqlite() {
        final SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MS);
        return config.toProperties();
    }

    private Properties postgres() {
        final Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "plumbline");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "3");
        properties.setProperty("socketTimeout", "4");
        properties.setProperty(
                "options", "-c default_transaction_read_only=on -c statement_timeout=3000");
        return properties;
    }

    @Override
    public void close(final Connection connection) {
        try {
            connection.close();
        } catch (final SQLException gone) {
            // It is closed either way.
        }
    }

    /** The database understood the question and refused it: the connection is good. */
    @Override
    public boolean isRefusal(final Exception failure) {
        if (!(failure instanceof SQLException refusal)) {
            return false;
        }
        if (isSqlite()) {
            final int code = refusal.getErrorCode() & 0xff;
            return code == SQLITE_ERROR || code == SQLITE_BUSY || code == SQLITE_LOCKED;
        }
        final String state = String.valueOf(refusal.getSQLState());
        return state.startsWith("42") || state.equals("57014");
    }

    @Override
    public String reason(final Exception failure) {
        final String text = String.valueOf(failure.getMessage()).replace('\n', ' ');
        return password.isEmpty() ? text : text.replace(password, "***");
    }
}
