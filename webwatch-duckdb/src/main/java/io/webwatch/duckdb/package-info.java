/** The embedded store, a sink and query store in one DuckDB file. Read {@link io.webwatch.duckdb.DuckDbStore} first. */
@NullMarked
package io.webwatch.duckdb;

import org.jspecify.annotations.NullMarked;
