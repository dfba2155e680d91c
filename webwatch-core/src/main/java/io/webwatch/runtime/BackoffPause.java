package io.webwatch.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Pauses with exponential back-off, from a tenth of a second to five seconds. An interrupt ends a pause, but not the
 * loop. {@link #hurry} may be called from any thread, the other methods from the thread that pauses.
 */
public final class BackoffPause implements SupervisedLoop.Pause {
    private static final Duration INITIAL = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(5);
    private static final long HURRIED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Backoff backoff = new Backoff(INITIAL, MAX);
    private final CountDownLatch hurried = new CountDownLatch(1);

    @Override
    public void failed(Throwable failure) {
        long millis = backoff.nextMillis(null);
        try {
            if (hurried.await(millis, TimeUnit.MILLISECONDS)) {
                LockSupport.parkNanos(HURRIED_NANOS);
            }
        } catch (InterruptedException e) {
            return; // the flag is cleared, so that the next pause is not skipped
        }
    }

    @Override
    public void succeeded() {
        backoff.reset();
    }

    /** Ends a pause and shortens those that follow, because the application is stopping. */
    public void hurry() {
        hurried.countDown();
    }
}
