package io.webwatch.sink;

import io.webwatch.config.WebWatchConfig;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a sink gets from WebWatch.
 *
 * @param config the whole configuration
 * @param dataDirectory absolute path; it exists and is this application's own when the factory uses it
 * @param clock source of the present time
 */
public record SinkContext(WebWatchConfig config, Path dataDirectory, InstantSource clock) {}
