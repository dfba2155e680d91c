package io.webwatch.duckdb;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import java.io.IOException;

/**
 * Creates the embedded store, named {@code duckdb}. It needs no configuration, so it is used if it is on the class path.
 * Stateless and thread-safe.
 */
public final class DuckDbSinkFactory implements SinkFactory {
    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public boolean isConfigured(WebWatchConfig config) {
        return true;
    }

    @Override
    public boolean answersQueries() {
        return true;
    }

    @Override
    public boolean usesDataDirectory() {
        return true;
    }

    @Override
    public void validate(WebWatchConfig config) {
        String path = config.get(WebWatchProperties.DUCKDB_PATH).toString();
        if (path.contains(";")) {
            throw new ConfigurationException(
                    WebWatchProperties.DUCKDB_PATH.name(),
                    path,
                    "contains a semicolon, which DuckDB does not support",
                    "Choose a path without a semicolon.");
        }
    }

    /**
     * Opens the store.
     *
     * @throws IOException if the file cannot be opened now; the message contains the reason and the remedy
     */
    @Override
    public DuckDbStore create(SinkContext context) throws IOException {
        return DuckDbStore.open(context);
    }
}
