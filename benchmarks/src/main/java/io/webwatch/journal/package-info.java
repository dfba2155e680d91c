/** Benchmarks of package-private classes of the journal. */
@NullMarked
package io.webwatch.journal;

import org.jspecify.annotations.NullMarked;
