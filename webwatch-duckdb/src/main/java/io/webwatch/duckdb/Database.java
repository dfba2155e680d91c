package io.webwatch.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** Opens the DuckDB file, and explains why it cannot be opened. */
final class Database {
    private Database() {}

    /**
     * Opens or creates the file and migrates its schema.
     *
     * @throws IOException with the reason and the remedy; the file is unchanged
     */
    static DuckDBConnection open(StoreSettings settings) throws IOException {
        Path file = settings.file();
        if (file.toString().contains(";")) {
            throw new IOException("DuckDB cannot open " + file + ", because the path contains a semicolon."
                    + " Set webwatch.data-directory or webwatch.duckdb.path to another path.");
        }
        createDirectory(file);
        DuckDBConnection connection;
        try {
            connection = new DuckDBDriver()
                    .connect("jdbc:duckdb:" + file, properties(settings))
                    .unwrap(DuckDBConnection.class);
        } catch (SQLException e) {
            throw new IOException(sentence(file, e), e);
        } catch (LinkageError e) {
            throw new IOException(
                    "Could not load DuckDB's native library (" + firstLine(e)
                            + "). It requires glibc, which Alpine Linux does not have, and a temporary directory"
                            + " (java.io.tmpdir) from which libraries can be loaded.",
                    e);
        }
        try {
            Schema.migrate(connection, file);
            return connection;
        } catch (IOException | SQLException | RuntimeException e) {
            closeQuietly(connection);
            throw e instanceof IOException io ? io : new IOException(sentence(file, e), e);
        }
    }

    private static void createDirectory(Path file) throws IOException {
        Path parent = file.getParent();
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new IOException(
                    "Could not create the directory " + parent + " for the DuckDB file (" + firstLine(e)
                            + "). Make its parent writable, or set webwatch.duckdb.path.",
                    e);
        }
    }

    private static Properties properties(StoreSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("memory_limit", settings.memoryLimitBytes() + "B");
        properties.setProperty("threads", Integer.toString(settings.threads()));
        properties.setProperty("temp_directory", settings.temporaryDirectory().toString());
        properties.setProperty("preserve_insertion_order", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        return properties;
    }

    private static String sentence(Path file, Exception e) {
        String cause = firstLine(e);
        if (cause.contains("Could not set lock")) {
            return "The DuckDB file " + file + " is open in another process (" + holder(cause)
                    + "). Stop that process, or set a different webwatch.data-directory for each application.";
        }
        if (cause.contains("different configuration")) {
            return "The DuckDB file " + file + " is already open in this process."
                    + " Set a different webwatch.data-directory for each application.";
        }
        if (cause.contains("not a valid DuckDB database")
                || cause.contains("Corrupt")
                || cause.contains("corrupt")
                || cause.contains("Serialization Error")
                || cause.contains("replaying WAL")) {
            return "The DuckDB file " + file + " is damaged or is not a DuckDB file (" + cause
                    + "). It was not changed. Move it and its .wal file to another directory; WebWatch then creates a new"
                    + " file.";
        }
        if (cause.contains("newer version") || cause.contains("storage version")) {
            return "The DuckDB file " + file + " was written by another version of DuckDB (" + cause
                    + "). Update webwatch-duckdb, or set webwatch.duckdb.path to a new file.";
        }
        return "Could not open the DuckDB file " + file + " (" + cause
                + "). Check that the file and its directory are writable, or set webwatch.duckdb.path.";
    }

    private static String holder(String cause) {
        int start = cause.indexOf("(PID");
        int end = cause.indexOf(')', start);
        return start < 0 || end < 0 ? "unknown PID" : cause.substring(start + 1, end);
    }

    /** Returns the first line of the exception's message, or the name of its class. */
    static String firstLine(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    /** Rolls back the transaction with a new statement, because the driver closes a statement that failed. */
    static void rollback(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException ignored) {
            // a failed commit has already ended the transaction
        }
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception ignored) {
            // the failure that led to closing it is the one to report
        }
    }
}
