/**
 * The API of WebWatch in a servlet container: the filter of the public part, the servlet of the dashboard and its
 * access control, and what starts and stops them. Read {@link io.webwatch.servlet.WebWatchFilter} first.
 */
@NullMarked
package io.webwatch.servlet;

import org.jspecify.annotations.NullMarked;
