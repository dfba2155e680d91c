package io.webwatch.kafka;

/**
 * Detects that Kafka's producer splits batches without success. If a topic's {@code max.message.bytes} is below {@code
 * batch.size}, the producer splits the refused batch into pieces of {@code batch.size}, that is, into itself, and sends it
 * again immediately, until {@code delivery.timeout.ms}. Used by one thread.
 */
final class SplitWatch {
    private static final int CHECKS = 2;

    private double splits;
    private long outcomes;
    private int inVain;

    /** Starts over with a new producer. */
    void reset() {
        splits = 0;
        inVain = 0;
    }

    /**
     * Compares the producer's progress with that of the previous check. Must be called at regular intervals while events are
     * in flight.
     *
     * @param splitsNow how many batches the producer has split so far
     * @param outcomesNow how many events have had an outcome so far
     * @return whether, before each of the last {@value #CHECKS} checks, the producer split batches and no event had an
     *     outcome
     */
    boolean isInVain(double splitsNow, long outcomesNow) {
        inVain = splitsNow > splits && outcomesNow == outcomes ? inVain + 1 : 0;
        splits = splitsNow;
        outcomes = outcomesNow;
        return inVain >= CHECKS;
    }
}
