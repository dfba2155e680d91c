/** Benchmarks of what the log keeps to itself. */
@NullMarked
package io.webwatch.log;

import org.jspecify.annotations.NullMarked;
