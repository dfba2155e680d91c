/** The entry point of the library. Read {@link io.webwatch.WebWatch} first. */
@NullMarked
package io.webwatch;

import org.jspecify.annotations.NullMarked;
