/**
 * Number, UTF-8 and fragment helpers shared by the encoders. Read {@link io.webwatch.bytes.Fragment} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.bytes;

import org.jspecify.annotations.NullMarked;
