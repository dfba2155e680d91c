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

/** Opens the file, and says in a sentence why it could not. */
final class Database {
    private Database() {}

    /**
     * Opens or creates the file and brings its schema up to date.
     *
     * @throws IOException with a sentence that a user can act on; the file is left as it was
     */
    static DuckDBConnection open(StoreSettings settings) throws IOException {
        Path file = settings.file();
        if (file.toString().contains(";")) {
            throw new IOException("DuckDB cannot open " + file + ": its path holds a semicolon."
                    + " Choose another webwatch.data-directory or webwatch.duckdb.path.");
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
                    "DuckDB's native library does not load here (" + firstLine(e)
                            + "). It needs glibc (not Alpine's musl) and a temporary directory from which libraries can be"
                            + " loaded (java.io.tmpdir).",
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
                    "The directory " + parent + " of the DuckDB file cannot be created (" + firstLine(e)
                            + "). Make it writable or set webwatch.duckdb.path.",
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
                    + "). End that process, or give each application a webwatch.data-directory of its own.";
        }
        if (cause.contains("different configuration")) {
            return "The DuckDB file " + file + " is already open in this process."
                    + " Give each application a webwatch.data-directory of its own.";
        }
        if (cause.contains("not a valid DuckDB database")
                || cause.contains("Corrupt")
                || cause.contains("corrupt")
                || cause.contains("Serialization Error")
                || cause.contains("replaying WAL")) {
            return "The DuckDB file " + file + " is damaged or is not a DuckDB file (" + cause
                    + "). It is left as it is: move it away, with the .wal file beside it, and a new one is begun.";
        }
        if (cause.contains("newer version") || cause.contains("storage version")) {
            return "The DuckDB file " + file + " was written by another version of DuckDB (" + cause
                    + "). Update webwatch-duckdb, or set webwatch.duckdb.path to a new file.";
        }
        return "The DuckDB file " + file + " cannot be opened (" + cause
                + "). Check that it and its directory can be written, or set webwatch.duckdb.path.";
    }

    private static String holder(String cause) {
        int start = cause.indexOf("(PID");
        int end = cause.indexOf(')', start);
        return start < 0 || end < 0 ? "DuckDB could not lock it" : cause.substring(start + 1, end);
    }

    /** The first line of a message, or the exception's name. */
    static String firstLine(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    /** Ends the transaction, on a statement of its own: a statement that failed is closed by the driver. */
    static void rollback(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException ignored) {
            // a failed commit has ended the transaction already
        }
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception ignored) {
            // it is being given up, and the first failure is the one to report
        }
    }
}
