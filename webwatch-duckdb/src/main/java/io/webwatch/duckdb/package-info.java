/** Embedded history: sink and query store in one DuckDB file; read {@link io.webwatch.duckdb.DuckDbStore} first. */
@NullMarked
package io.webwatch.duckdb;

import org.jspecify.annotations.NullMarked;
