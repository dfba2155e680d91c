/** Every property of WebWatch with its type, default and documentation; read {@link io.webwatch.config.WebWatchConfig} first. */
@NullMarked
package io.webwatch.config;

import org.jspecify.annotations.NullMarked;
