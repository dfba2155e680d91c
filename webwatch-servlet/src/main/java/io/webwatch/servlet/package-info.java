/**
 * WebWatch in a servlet container: collector, tracker, injection, dashboard; read {@link
 * io.webwatch.servlet.WebWatchFilter} first.
 */
@NullMarked
package io.webwatch.servlet;

import org.jspecify.annotations.NullMarked;
