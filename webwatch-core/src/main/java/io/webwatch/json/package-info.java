/**
 * The documented JSON of an event, in both directions. Read {@link io.webwatch.json.EventJson} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.json;

import org.jspecify.annotations.NullMarked;
