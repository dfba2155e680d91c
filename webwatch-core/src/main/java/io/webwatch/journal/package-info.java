/**
 * The log on disk and its binary format: writing, recovery, reading and cursor files. Read
 * {@link io.webwatch.journal.Journal} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.journal;

import org.jspecify.annotations.NullMarked;
