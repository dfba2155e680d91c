package io.webwatch.sink;

import io.webwatch.config.WebWatchConfig;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Passed to a sink when it is opened.
 *
 * @param config the whole configuration
 * @param dataDirectory absolute path of the data directory; if {@link SinkFactory#usesDataDirectory}, it exists and is
 *     not used by another application
 * @param clock the clock to use
 */
public record SinkContext(WebWatchConfig config, Path dataDirectory, InstantSource clock) {}
