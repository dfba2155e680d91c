/** Benchmarks of what the log keeps to itself. */
@NullMarked
package io.webwatch.journal;

import org.jspecify.annotations.NullMarked;
