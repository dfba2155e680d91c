package io.webwatch.runtime;

/**
 * The task of a thread that must not end because of a failure. It repeats a step until that returns false or is
 * interrupted. If a step throws anything else, even an {@link Error} such as {@link OutOfMemoryError}, the failure is
 * counted and the step is repeated after a pause.
 *
 * <p>A step must therefore leave its state so that it can be repeated: what it had in hand when it failed must be
 * found again by the next step, or be counted as lost.
 */
public final class SupervisedLoop implements Runnable {
    /** What a thread does again and again. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does some work, or waits for it.
         *
         * @return false if there will be no more work
         * @throws InterruptedException to end the loop
         */
        boolean run() throws InterruptedException;
    }

    /** Waits between a failure and the next attempt. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits after a failure.
         *
         * @throws InterruptedException to end the loop
         */
        void failed(Throwable failure) throws InterruptedException;

        /** Notes that a step succeeded. */
        default void succeeded() {}
    }

    private final Step step;
    private final ThreadFailures.OfThread failures;
    private final Pause pause;

    /** Creates the task; it may be run once. */
    public SupervisedLoop(Step step, ThreadFailures.OfThread failures, Pause pause) {
        this.step = step;
        this.failures = failures;
        this.pause = pause;
    }

    @Override
    public void run() {
        boolean isOver = false;
        while (!isOver) {
            try {
                isOver = !step.run();
                pause.succeeded();
            } catch (InterruptedException e) {
                isOver = true;
            } catch (Throwable e) {
                failures.add(e);
                isOver = !paused(e);
            }
        }
    }

    /** Returns whether to continue. */
    private boolean paused(Throwable failure) {
        try {
            pause.failed(failure);
            return true;
        } catch (InterruptedException e) {
            return false;
        } catch (Throwable e) { // no memory even for the pause
            failures.add(e);
            Thread.yield();
            return true;
        }
    }
}
