package io.webwatch.kafka;

/**
 * Notices that Kafka's producer splits batches in vain. When a topic's {@code max.message.bytes} is below {@code
 * batch.size}, the producer splits the batch that was refused into pieces of {@code batch.size}, so into itself, and sends
 * it again at once, until {@code delivery.timeout.ms}. It is used by one thread.
 */
final class SplitWatch {
    private static final int LOOKS = 2;

    private double splits;
    private long outcomes;
    private int inVain;

    /** Begins anew, with a new producer. */
    void reset() {
        splits = 0;
        inVain = 0;
    }

    /**
     * To be told at regular times while events are on their way.
     *
     * @param splitsNow how many batches the producer has split
     * @param outcomesNow how many events have had an outcome
     * @return whether it went on splitting and no event ended, each time between the latest looks
     */
    boolean isInVain(double splitsNow, long outcomesNow) {
        inVain = splitsNow > splits && outcomesNow == outcomes ? inVain + 1 : 0;
        splits = splitsNow;
        outcomes = outcomesNow;
        return inVain >= LOOKS;
    }
}
