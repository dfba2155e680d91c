package io.webwatch.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema's versions. A file is brought up to date by the migrations that it lacks, in order, each in a transaction
 * with its row in {@code schema_version}. A migration that was released is never changed; a change is a new one.
 */
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final List<String> MIGRATIONS = List.of(resource("schema-1.sql"));

    private Schema() {}

    static void migrate(Connection connection, Path file) throws IOException, SQLException {
        migrate(connection, file, MIGRATIONS);
    }

    /**
     * Applies what is missing.
     *
     * @param migrations SQL that leads from version n to n + 1, by index n
     */
    static void migrate(Connection connection, Path file, List<String> migrations) throws IOException, SQLException {
        int version = version(connection, file);
        if (version > migrations.size()) {
            throw new IOException(
                    "The DuckDB file " + file + " was written by a newer WebWatch (its schema has version "
                            + version + ", this one knows up to " + migrations.size()
                            + "). Update webwatch-duckdb, or set webwatch.duckdb.path to another file.");
        }
        for (int next = version; next < migrations.size(); next++) {
            apply(connection, migrations.get(next), next + 1);
            LOG.info("{}: schema is now version {}", file, next + 1);
        }
    }

    private static int version(Connection connection, Path file) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            if (count(statement, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_version'") == 0) {
                if (count(statement, "SELECT count(*) FROM duckdb_tables()") > 0) {
                    throw new IOException("The DuckDB file " + file + " holds tables of something else than WebWatch."
                            + " Set webwatch.duckdb.path to a file of its own.");
                }
                return 0;
            }
            return count(statement, "SELECT coalesce(max(version), 0) FROM schema_version");
        }
    }

    private static int count(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void apply(Connection connection, String migration, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            try {
                statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER, applied TIMESTAMP)");
                statement.execute(migration);
                try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO schema_version VALUES (?, current_timestamp AT TIME ZONE 'UTC')")) {
                    insert.setInt(1, version);
                    insert.executeUpdate();
                }
                statement.execute("COMMIT");
            } catch (SQLException e) {
                Database.rollback(connection);
                throw e;
            }
        }
    }

    private static String resource(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + name + " is missing from webwatch-duckdb.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
