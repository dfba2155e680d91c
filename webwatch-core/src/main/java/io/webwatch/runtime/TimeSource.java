package io.webwatch.runtime;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Both kinds of time: the wall clock, which names a moment and may jump, and a monotonic one, which measures how long
 * something takes. Implementations are thread-safe.
 */
public interface TimeSource extends InstantSource {
    /** The clocks of this machine. */
    TimeSource SYSTEM = of(InstantSource.system());

    /**
     * Returns the monotonic time in nanoseconds, with the contract of {@link System#nanoTime}: only differences mean
     * something, and they are compared by subtraction.
     */
    long nanoTime();

    /**
     * Returns a source with the given wall clock and the monotonic clock of this machine. A clock that is a time source
     * already is returned as it is.
     */
    static TimeSource of(InstantSource wallClock) {
        return wallClock instanceof TimeSource source ? source : new MachineTime(wallClock);
    }

    /**
     * A given wall clock, combined with the monotonic clock of this machine.
     *
     * @param wallClock the source of instants
     */
    record MachineTime(InstantSource wallClock) implements TimeSource {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return wallClock.instant();
        }

        @Override
        public long millis() {
            return wallClock.millis();
        }
    }
}
