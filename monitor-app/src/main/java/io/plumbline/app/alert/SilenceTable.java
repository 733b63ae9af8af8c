package io.plumbline.app.alert;

import io.plumbline.app.desk.Silence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The silences that stand, one row each. */
final class SilenceTable {
    private final Connection connection;

    SilenceTable(final Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS silences (id TEXT PRIMARY KEY, silence TEXT NOT"
                            + " NULL)");
        }
    }

    /** Oldest first. */
    List<Silence> all() throws SQLException {
        final List<Silence> silences = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT silence FROM silences ORDER BY rowid")) {
            while (row.next()) {
                final Silence kept = KeptJson.read(row.getString(1), Silence.class, null);
                if (kept != null) {
                    silences.add(kept);
                }
            }
        }
        return silences;
    }

    /** Keeps these and no others, within the caller's transaction. */
    void replace(final List<Silence> standing) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO silences (id, silence) VALUES (?, ?)")) {
            statement.execute("DELETE FROM silences");
            for (final Silence silence : standing) {
                insert.setString(1, silence.id());
                insert.setString(2, KeptJson.text(silence));
                insert.executeUpdate();
            }
        }
    }
}
