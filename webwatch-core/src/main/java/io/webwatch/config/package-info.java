/**
 * All properties of WebWatch with their types, defaults and documentation. Read {@link
 * io.webwatch.config.WebWatchConfig} first.
 */
@NullMarked
package io.webwatch.config;

import org.jspecify.annotations.NullMarked;
