package io.webwatch.duckdb;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.SinkContext;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The store's part of the configuration.
 *
 * @param dailyVisitors whether a visitor gets a new pseudonym each day
 */
record StoreSettings(
        Path file,
        Path temporaryDirectory,
        long memoryLimitBytes,
        int threads,
        Duration retention,
        Duration sessionTimeout,
        boolean dailyVisitors) {

    static StoreSettings of(SinkContext context) {
        WebWatchConfig config = context.config();
        Path directory = context.dataDirectory().toAbsolutePath();
        return new StoreSettings(
                directory.resolve(config.get(WebWatchProperties.DUCKDB_PATH)).normalize(),
                directory.resolve("duckdb-tmp"),
                config.get(WebWatchProperties.DUCKDB_MEMORY_LIMIT),
                config.get(WebWatchProperties.DUCKDB_THREADS),
                config.get(WebWatchProperties.DUCKDB_RETENTION),
                config.get(WebWatchProperties.SESSION_TIMEOUT),
                config.get(WebWatchProperties.PRIVACY_IDENTITY) == WebWatchProperties.Identity.COOKIELESS);
    }
}
