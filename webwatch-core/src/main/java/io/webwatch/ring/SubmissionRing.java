package io.webwatch.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * The bounded buffer between many producers, which must never wait, and one consumer, which may sleep. Lock-free and
 * allocation-free; bounded by the number of elements and by the sum of their bytes.
 *
 * <p>{@link #offer}, {@link #size}, {@link #bytes}, {@link #isDrained} and {@link #close} may be called by any thread;
 * {@link #drain} and {@link #await} by one thread at a time, the consumer. What a producer did before an accepted offer
 * happens before the consumer is handed the element.
 *
 * <p><b>How it works.</b> One 64-bit word says how far producers have come: a 32-bit sum (the bytes of all elements so
 * far), a 30-bit position (their number), and two flags: closed, and asleep. One compare-and-set of that word takes a
 * slot and the bytes, unless the ring was closed, and learns whether the consumer must be thought of: bounds, end and
 * wake-up are decided in a single step. The consumer keeps a word of the same form, by the same additions, and producers
 * look at it only when the limit that they share is used up.
 *
 * <p>Words wrap around. A compare-and-set could mistake an old word for a new one only if its thread had been held up for
 * a multiple of 2<sup>30</sup> offers whose bytes add up to a multiple of 4 GiB, and at that very offer. Where the
 * position overflows it carries into the sum, in both words alike.
 */
public final class SubmissionRing<E> extends RingFields.Padding3 {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final long CLOSED = 1;
    private static final long ASLEEP = 2;
    private static final int FLAG_BITS = 2;
    private static final long ONE_ELEMENT = 1 << FLAG_BITS;
    private static final int POSITION_MASK = -1 >>> FLAG_BITS;
    private static final int MAX_CAPACITY = 1 << 28; // so that differences of positions have a sign
    private static final long NOBODY = -1;

    /** A consumer that published each element would share its word's line with the producers at every step. */
    private static final int MAX_CHUNK = 256;

    private static final int PAUSES_AFTER_LOST_CLAIM = 8;
    private static final int SPINS_FOR_CLAIMED = 64;
    private static final long NAP_FOR_CLAIMED_NANOS = 50_000;

    private final Object[] slots;
    private final ToIntFunction<? super E> bytesOf;
    private final int mask;
    private final int chunkMask;
    private final int maxBytes;

    /**
     * @param capacity number of elements, 1 to 2<sup>28</sup>; rounded up to a power of two
     * @param maxBytes of all elements together, 1 to 2<sup>31</sup> − 1
     * @param bytesOf what an element counts for: not negative, and always the same for the same element
     * @throws IllegalArgumentException when one is out of its range
     */
    public SubmissionRing(int capacity, long maxBytes, ToIntFunction<? super E> bytesOf) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity " + capacity + " is not within 1 and " + MAX_CAPACITY);
        }
        if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is not within 1 and " + Integer.MAX_VALUE);
        }
        int rounded = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
        this.slots = new Object[rounded];
        this.bytesOf = Objects.requireNonNull(bytesOf, "bytesOf");
        this.mask = rounded - 1;
        this.chunkMask = Math.min(MAX_CHUNK, Math.max(1, rounded / 4)) - 1;
        this.maxBytes = (int) maxBytes;
        spLimit(limit(0));
        svWakeAt(NOBODY);
    }

    /**
     * Takes the element in, or says why not; never blocks.
     *
     * @param element one of more bytes than {@link #maxBytes} is always {@link Offer#FULL}
     * @throws IllegalArgumentException when its bytes are negative
     */
    public Offer offer(E element) {
        int bytes = bytesOf.applyAsInt(Objects.requireNonNull(element, "element"));
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes " + bytes + " is negative");
        }
        // An addition alone stands between the load of the word and its compare-and-set: that is the path that counts.
        long claim = claim(bytes);
        long word = lvProducer();
        while (true) {
            if ((word & CLOSED) != 0) {
                return Offer.CLOSED;
            }
            // The limit is read after the word: if the word is still the same at the compare-and-set, it was so all
            // along, and the limit is of its time. A limit is at worst behind the consumer, never ahead of it.
            if (!fits(word, bytes, lvLimit()) && isFull(word, bytes)) {
                return refused(bytes);
            }
            if (casProducer(word, word + claim)) {
                break;
            }
            // Left alone for a moment, the winner makes its next claims within its own cache; fighting for the line at
            // once costs both of us a transfer for each.
            for (int i = 0; i < PAUSES_AFTER_LOST_CLAIM; i++) {
                Thread.onSpinWait();
            }
            word = lvProducer();
        }
        // The slot is ours: the consumer passes no empty slot, and no producer gets this index again before that.
        SLOT.setRelease(slots, position(word) & mask, element);
        if ((word & ASLEEP) != 0) {
            // Only the offer that reaches the awaited position finds its own number here, so one producer pays for the
            // wake-up and the others for a load.
            int next = position(word + claim);
            if (lvWakeAt() == next) {
                wake(next);
            }
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
        long start = lpConsumer();
        long word = start;
        try {
            for (int n = 0; n < limit; n++) {
                int index = position(word) & mask;
                Object element = SLOT.getAcquire(slots, index);
                if (element == null) {
                    break;
                }
                E taken = cast(element);
                word += claim(bytesOf.applyAsInt(taken));
                // Plain: a producer stores here only after it has seen our word, which is released later.
                slots[index] = null;
                if ((position(word) & chunkMask) == 0) {
                    soConsumer(word);
                }
                consumer.accept(taken);
            }
        } finally {
            if (word != lpConsumer()) {
                soConsumer(word);
            }
        }
        return (position(word) - position(start)) & POSITION_MASK;
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
        return (reached(lvProducer(), consumed, wanted) || slept(consumed, wanted, deadline))
                && stored(consumed, deadline);
    }

    /** Later offers are refused with {@link Offer#CLOSED}; what is inside can still be drained. Idempotent. */
    public void close() {
        setFlag(CLOSED);
        wakeAnyway();
    }

    /**
     * Whether the ring was closed and every accepted element has been handed over; then it stays so. An offer that has
     * been decided but not yet stored counts as inside.
     */
    public boolean isDrained() {
        long word = lvProducer();
        return (word & CLOSED) != 0 && position(word) == position(lvConsumer());
    }

    /** Number of elements accepted and not yet freed by {@link #drain}. */
    public int size() {
        long consumed = lvConsumer();
        while (true) {
            long word = lvProducer();
            long after = lvConsumer();
            if (consumed == after) {
                return (position(word) - position(consumed)) & POSITION_MASK;
            }
            consumed = after;
        }
    }

    /** Bytes of the elements that {@link #size} counts. */
    public long bytes() {
        long consumed = lvConsumer();
        while (true) {
            long word = lvProducer();
            long after = lvConsumer();
            if (consumed == after) {
                return sum(word) - sum(consumed);
            }
            consumed = after;
        }
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
                + ((lvProducer() & CLOSED) != 0 ? ", closed]" : "]");
    }

    private static boolean fits(long word, int bytes, long limit) {
        // Both differences are signed: what is beyond the limit does not fit either. Flags are less than an element.
        return (int) limit - (int) word > 0 && bytes <= sum(limit) - sum(word);
    }

    /** Looks up how far the consumer has really come, and leaves the new limit for all. */
    private boolean isFull(long word, int bytes) {
        long known = lvLimit();
        long fresh = limit(lvConsumer());
        if (((word ^ lvProducer()) & ~ASLEEP) != 0) {
            // Others went on meanwhile, and the consumer perhaps past this word. The compare-and-set that follows
            // fails, and all starts anew. The consumer's flag alone is no such difference: it comes and goes, so that
            // the word may be the same again by then.
            return false;
        }
        if (!fits(word, bytes, fresh)) {
            return true;
        }
        // Not a plain store: a thread held up here must not put back a limit of long ago.
        casLimit(known, fresh);
        return false;
    }

    /** The word at which a ring is full whose consumer has come so far. */
    private long limit(long consumed) {
        return (long) (sum(consumed) + maxBytes) << 32 | (consumed + slots.length * ONE_ELEMENT) & 0xFFFF_FFFFL;
    }

    private Offer refused(int bytes) {
        // The consumer may be waiting for more elements than the bytes leave room for.
        if (bytes <= maxBytes) {
            wakeAnyway();
        }
        return Offer.FULL;
    }

    private static boolean reached(long word, int consumed, int wanted) {
        return (word & CLOSED) != 0 || ((position(word) - consumed) & POSITION_MASK) >= wanted;
    }

    private boolean slept(int consumed, int wanted, long deadline) {
        int target = (consumed + wanted) & POSITION_MASK;
        spSleeper(Thread.currentThread());
        svWakeAt(target);
        // An offer that claims after this flag sees it and then the target; one that claimed before is seen in the
        // word.
        boolean reached = reached(setFlag(ASLEEP), consumed, wanted);
        // A wake-up takes wakeAt away, so that other reasons to leave park are told from it.
        boolean woken;
        while (!(woken = reached || lvWakeAt() != target) && !isOver(deadline)) {
            park(deadline);
        }
        clearAsleep();
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

    /** Sets a flag in the producers' word and returns the word with it. */
    private long setFlag(long flag) {
        long word;
        do {
            word = lvProducer();
        } while ((word & flag) == 0 && !casProducer(word, word | flag));
        return word | flag;
    }

    private void clearAsleep() {
        long word;
        do {
            word = lvProducer();
        } while (!casProducer(word, word & ~ASLEEP));
    }

    private static long claim(int bytes) {
        return (long) bytes << 32 | ONE_ELEMENT;
    }

    private static int position(long word) {
        return (int) word >>> FLAG_BITS;
    }

    private static int sum(long word) {
        return (int) (word >>> 32);
    }

    @SuppressWarnings("unchecked")
    private E cast(Object element) {
        return (E) element;
    }
}
