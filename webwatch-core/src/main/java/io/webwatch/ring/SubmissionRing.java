package io.webwatch.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The bounded buffer between many producers, which must never wait, and one consumer, which may sleep. Lock-free and
 * allocation-free; bounded by the number of elements and by the sum of their bytes.
 *
 * <p>{@link #offer}, {@link #size}, {@link #bytes}, {@link #isDrained} and {@link #close} may be called by any thread;
 * {@link #drain} and {@link #await} by one thread at a time, the consumer. What a producer did before an accepted offer
 * happens before the consumer is handed the element.
 *
 * <p><b>How it works.</b> One 64-bit word says how far producers have come: a closed flag, a 31-bit position (the number
 * of elements accepted so far) and a 32-bit sum (the bytes of all of them), the last two modulo their width. One
 * compare-and-set of that word takes a slot and the bytes, unless the ring was closed: both bounds and the end are
 * decided in a single step. The consumer publishes a word of the same shape, and the difference of the two is what the
 * ring holds. Beside each element the sum up to and including it is kept, so that the consumer learns what it has
 * consumed from the last element alone.
 *
 * <p>Words wrap around. A compare-and-set could mistake an old word for a new one only if its thread had been held up for
 * a multiple of 2<sup>31</sup> offers whose bytes add up to a multiple of 4 GiB, and at that very offer.
 */
public final class SubmissionRing<E> extends RingFields.Padding3 {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final long CLOSED_FLAG = Long.MIN_VALUE;
    private static final int POSITION_MASK = Integer.MAX_VALUE;
    private static final int MAX_CAPACITY = 1 << 30;
    private static final long NOBODY = -1;

    /** A consumer that published each element would share its word's line with the producers at every step. */
    private static final int MAX_CHUNK = 256;

    private static final int SPINS_FOR_CLAIMED = 64;
    private static final long NAP_FOR_CLAIMED_NANOS = 50_000;

    private final Object[] slots;
    /** Beside each element: the producers' sum of bytes once it was accepted. */
    private final int[] sums;

    private final int mask;
    private final int chunkMask;
    private final int maxBytes;

    /**
     * @param capacity number of elements, 1 to 2<sup>30</sup>; rounded up to a power of two
     * @param maxBytes of all elements together, 1 to 2<sup>31</sup> − 1
     * @throws IllegalArgumentException when one is out of its range
     */
    public SubmissionRing(int capacity, long maxBytes) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity " + capacity + " is not within 1 and " + MAX_CAPACITY);
        }
        if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is not within 1 and " + Integer.MAX_VALUE);
        }
        int rounded = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
        this.slots = new Object[rounded];
        this.sums = new int[rounded];
        this.mask = rounded - 1;
        this.chunkMask = Math.min(MAX_CHUNK, Math.max(1, rounded / 4)) - 1;
        this.maxBytes = (int) maxBytes;
        spLimit(limit(0));
        svWakeAt(NOBODY);
    }

    /**
     * Takes the element in, or says why not; never blocks.
     *
     * @param bytes what the element counts for; more than {@link #maxBytes} is always {@link Offer#FULL}
     * @throws IllegalArgumentException when {@code bytes} is negative
     */
    public Offer offer(E element, int bytes) {
        Objects.requireNonNull(element, "element");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes " + bytes + " is negative");
        }
        long word;
        long next;
        do {
            word = lvProducer();
            if (word < 0) {
                return Offer.CLOSED;
            }
            // The limit is read after the word: if the word is still the same at the compare-and-set, it was so all
            // along, and the limit is of its time. A limit is at worst behind the consumer, never ahead of it.
            if (!fits(word, bytes, lvLimit()) && isFull(word, bytes)) {
                return refused(bytes);
            }
            next = word(position(word) + 1, sum(word) + bytes);
        } while (!casProducer(word, next));

        // The slot is ours: the consumer passes no empty slot, and no producer gets this position again before the
        // consumer has passed it. The sum needs no ordering of its own, the element's release publishes it too.
        int index = position(word) & mask;
        sums[index] = sum(next);
        SLOT.setRelease(slots, index, element);

        // Against the consumer's "store wakeAt, then load the producer word" stands our "swap the producer word, then
        // load wakeAt", all volatile: one of the two sees the other. Only the offer that reaches the awaited position
        // finds its own number here, so one producer pays for the wake-up and the others for a load.
        if (lvWakeAt() == position(next)) {
            wake(position(next));
        }
        return Offer.ACCEPTED;
    }

    /**
     * Hands up to {@code limit} elements to {@code consumer}, in the order in which they were accepted. Their slots and
     * bytes are free again when this returns, in a long run some earlier. If the consumer throws, the element that it was
     * given counts as consumed, the later ones stay, and the exception is passed on.
     *
     * @return how many were handed over: fewer than {@code limit} when there are no more, or when the next one is still
     *     being stored by its producer
     */
    public int drain(Consumer<? super E> consumer, int limit) {
        Objects.requireNonNull(consumer, "consumer");
        int start = position(lpConsumer());
        int position = start;
        try {
            for (int n = 0; n < limit; n++) {
                int index = position & mask;
                Object element = SLOT.getAcquire(slots, index);
                if (element == null) {
                    break;
                }
                // Plain: a producer stores here only after it has seen our word, which is released later.
                slots[index] = null;
                position = (position + 1) & POSITION_MASK;
                if ((position & chunkMask) == 0) {
                    free(position);
                }
                consumer.accept(cast(element));
            }
        } finally {
            if (position != position(lpConsumer())) {
                free(position);
            }
        }
        return (position - start) & POSITION_MASK;
    }

    /**
     * Parks the consumer until {@code elements} wait, an offer is refused for want of room, the ring is closed, {@code
     * nanos} are over, or the thread is interrupted (its flag stays set). Never spins on an empty ring.
     *
     * @param elements at least 1; more than {@link #capacity} means capacity
     * @param nanos longest wait; {@link Long#MAX_VALUE}: no end
     * @return false when the time was over or the thread interrupted first
     */
    public boolean await(int elements, long nanos) {
        long deadline = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + nanos;
        int consumed = position(lpConsumer());
        int wanted = Math.max(1, Math.min(elements, capacity()));
        return (reached(consumed, wanted) || parked(consumed, wanted, deadline)) && stored(consumed, deadline);
    }

    /** Later offers are refused with {@link Offer#CLOSED}; what is inside can still be drained. Idempotent. */
    public void close() {
        long word;
        do {
            word = lvProducer();
        } while (word >= 0 && !casProducer(word, word | CLOSED_FLAG));
        wakeAnyway();
    }

    /**
     * Whether the ring was closed and every accepted element has been handed over; then it stays so. An offer that has
     * been decided but not yet stored counts as inside.
     */
    public boolean isDrained() {
        long word = lvProducer();
        return word < 0 && position(word) == position(lvConsumer());
    }

    /** Number of elements accepted and not yet freed by {@link #drain}. */
    public int size() {
        long consumer;
        long producer;
        do {
            consumer = lvConsumer();
            producer = lvProducer();
        } while (consumer != lvConsumer());
        return (position(producer) - position(consumer)) & POSITION_MASK;
    }

    /** Sum of the bytes of the elements that {@link #size} counts. */
    public long bytes() {
        long consumer;
        long producer;
        do {
            consumer = lvConsumer();
            producer = lvProducer();
        } while (consumer != lvConsumer());
        return sum(producer) - sum(consumer);
    }

    public int capacity() {
        return slots.length;
    }

    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public String toString() {
        return "SubmissionRing[" + size() + "/" + capacity() + " elements, " + bytes() + "/" + maxBytes + " bytes"
                + (lvProducer() < 0 ? ", closed]" : "]");
    }

    private static boolean fits(long word, int bytes, long limit) {
        return position(word) != position(limit) && bytes <= sum(limit) - sum(word);
    }

    /** Looks up how far the consumer has really come, and leaves the new limit for all. */
    private boolean isFull(long word, int bytes) {
        long limit = lvLimit();
        long fresh = limit(lvConsumer());
        if (fits(word, bytes, fresh)) {
            // Not a plain store: a thread held up here must not put back a limit of long ago.
            casLimit(limit, fresh);
            return false;
        }
        // Full, unless other offers and the consumer went past our word meanwhile: then "fresh" says nothing about it,
        // and the compare-and-set that follows fails and starts anew.
        return word == lvProducer();
    }

    private Offer refused(int bytes) {
        // The consumer may be waiting for more elements than the bytes leave room for.
        if (bytes <= maxBytes) {
            wakeAnyway();
        }
        return Offer.FULL;
    }

    private void free(int position) {
        soConsumer(word(position, sums[(position - 1) & mask]));
    }

    private boolean reached(int consumed, int wanted) {
        long word = lvProducer();
        return word < 0 || ((position(word) - consumed) & POSITION_MASK) >= wanted;
    }

    private boolean parked(int consumed, int wanted, long deadline) {
        int target = (consumed + wanted) & POSITION_MASK;
        spSleeper(Thread.currentThread());
        svWakeAt(target);
        // The producer word is loaded again after that store: whoever came to the target too early to see it is seen
        // here. A wake-up takes wakeAt away, so that other reasons to leave park are told from it.
        boolean woken;
        while (!(woken = lvWakeAt() != target || reached(consumed, wanted)) && !isOver(deadline)) {
            park(deadline);
        }
        svWakeAt(NOBODY);
        return woken;
    }

    /** Nothing to drain yet, though taken: the producer is between claim and store, or has lost its processor there. */
    private boolean stored(int consumed, long deadline) {
        for (int spins = 0;
                position(lvProducer()) != consumed && SLOT.getAcquire(slots, consumed & mask) == null;
                spins++) {
            if (isOver(deadline)) {
                return false;
            }
            if (spins < SPINS_FOR_CLAIMED) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, NAP_FOR_CLAIMED_NANOS);
            }
        }
        return true;
    }

    private static boolean isOver(long deadline) {
        return deadline != Long.MAX_VALUE && deadline - System.nanoTime() <= 0
                || Thread.currentThread().isInterrupted();
    }

    private void park(long deadline) {
        if (deadline == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, deadline - System.nanoTime());
        }
    }

    private void wakeAnyway() {
        long target = lvWakeAt();
        if (target != NOBODY) {
            wake(target);
        }
    }

    private void wake(long target) {
        // One of several wins; none disturbs a consumer that has gone on to await something else.
        if (casWakeAt(target, NOBODY)) {
            LockSupport.unpark(lpSleeper());
        }
    }

    private long limit(long consumer) {
        return word(position(consumer) + slots.length, sum(consumer) + maxBytes);
    }

    /** A position and a sum that may have run over; the closed flag is not set. */
    private static long word(int position, int sum) {
        return (long) (position & POSITION_MASK) << 32 | sum & 0xFFFF_FFFFL;
    }

    private static int position(long word) {
        return (int) (word >>> 32) & POSITION_MASK;
    }

    private static int sum(long word) {
        return (int) word;
    }

    @SuppressWarnings("unchecked")
    private E cast(Object element) {
        return (E) element;
    }
}
