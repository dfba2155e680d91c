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
 * Migrates files to the current version of the schema. Applies the missing migrations in order, each in one transaction with
 * its row in {@code schema_version}. A released migration is never changed; every change of the schema is a new migration.
 */
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final List<String> MIGRATIONS = List.of(resource("schema-1.sql"));

    private Schema() {}

    static void migrate(Connection connection, Path file) throws IOException, SQLException {
        migrate(connection, file, MIGRATIONS);
    }

    /**
     * Applies the missing migrations.
     *
     * @param migrations SQL that migrates from version n to n + 1, at index n
     */
    static void migrate(Connection connection, Path file, List<String> migrations) throws IOException, SQLException {
        int version = version(connection, file);
        if (version > migrations.size()) {
            throw new IOException(
                    "The DuckDB file " + file + " was written by a newer version of WebWatch: its schema has version "
                            + version + ", but this version supports at most " + migrations.size()
                            + ". Update webwatch-duckdb, or set webwatch.duckdb.path to another file.");
        }
        for (int next = version; next < migrations.size(); next++) {
            apply(connection, migrations.get(next), next + 1);
            LOG.info("Migrated the DuckDB file {} to schema version {}.", file, next + 1);
        }
    }

    private static int version(Connection connection, Path file) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            if (count(statement, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_version'") == 0) {
                if (count(statement, "SELECT count(*) FROM duckdb_tables()") > 0) {
                    throw new IOException("The DuckDB file " + file + " contains tables of another application."
                            + " Set webwatch.duckdb.path to a file that only WebWatch uses.");
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
