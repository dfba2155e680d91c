/** Benchmarks that compare the hot paths with their peers. Read {@link io.webwatch.benchmarks.Main} first. */
@NullMarked
package io.webwatch.benchmarks;

import org.jspecify.annotations.NullMarked;
