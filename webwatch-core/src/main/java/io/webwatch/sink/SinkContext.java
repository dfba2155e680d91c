package io.webwatch.sink;

import io.webwatch.config.WebWatchConfig;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a sink gets from WebWatch.
 *
 * @param config the whole configuration
 * @param dataDirectory absolute path of the directory that this application's WebWatch owns; it exists
 * @param clock source of the present time
 */
public record SinkContext(WebWatchConfig config, Path dataDirectory, InstantSource clock) {}
