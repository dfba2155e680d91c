package io.webwatch.duckdb;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import java.io.IOException;

/**
 * Makes the embedded store, named {@code duckdb}. It needs no setting, so it is used wherever it is on the class path.
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
                    "holds a semicolon, which DuckDB cannot open",
                    "Choose a path without it.");
        }
    }

    /**
     * Opens the store.
     *
     * @throws IOException when the file cannot be opened now; the message says why and what helps
     */
    @Override
    public DuckDbStore create(SinkContext context) throws IOException {
        return DuckDbStore.open(context);
    }
}
