/** The live view: current activity, computed in bounded memory. Read {@link io.webwatch.live.LiveView} first. */
@NullMarked
package io.webwatch.live;

import org.jspecify.annotations.NullMarked;
