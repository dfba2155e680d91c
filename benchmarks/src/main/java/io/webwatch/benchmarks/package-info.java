/** Benchmarks of the hot paths beside their peers; read {@link io.webwatch.benchmarks.Main} first. */
@NullMarked
package io.webwatch.benchmarks;

import org.jspecify.annotations.NullMarked;
