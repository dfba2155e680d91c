package io.webwatch.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A bounded buffer between many producers, which must never wait, and one consumer, which may sleep. It is lock-free,
 * does not allocate, and is bounded by the number of elements and by the sum of their bytes.
 *
 * <p>Any thread may call {@link #offer}, {@link #size}, {@link #bytes}, {@link #isDrained} and {@link #close}. Only one
 * thread at a time, the consumer, may call {@link #drain} and {@link #await}. Actions of a producer before an accepted
 * offer happen-before the consumer gets the element.
 *
 * <p><b>How it works.</b> The producers share a 64-bit word, which consists of a 32-bit sum (the bytes of all elements
 * so far), a 30-bit position (their number), and two flags: closed, and asleep. A single compare-and-set of this word
 * claims a slot and the bytes, fails if the ring was closed, and shows whether the consumer may have to be woken. Thus
 * bounds, closing and wake-up are decided in one step. The consumer has a word of the same layout, to which it makes
 * the same additions. Producers read it only when the limit that they share has been reached.
 *
 * <p>Words wrap around. A compare-and-set could mistake an old word for the current one only if its thread was
 * suspended for a multiple of 2<sup>30</sup> offers whose bytes add up to a multiple of 4 GiB, and continued exactly
 * then. If the position overflows, it carries into the sum, in the same way in both words.
 */
public final class SubmissionRing<E> extends RingFields.Padding3 {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final long CLOSED = 1;
    private static final long ASLEEP = 2;
    private static final int FLAG_BITS = 2;
    private static final long ONE_ELEMENT = 1 << FLAG_BITS;
    private static final int POSITION_MASK = -1 >>> FLAG_BITS;
    private static final int MAX_CAPACITY = 1 << 28; // so that differences of positions have a sign
    private static final long NO_CONSUMER = -1;

    /**
     * The consumer publishes its position at least once per this number of elements. If it did so for each element, its
     * cache line would move between consumer and producers all the time.
     */
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
     * Creates an empty ring.
     *
     * @param capacity maximum number of elements, 1 to 2<sup>28</sup>; rounded up to a power of two
     * @param maxBytes maximum number of bytes of all elements together, 1 to 2<sup>31</sup> − 1
     * @param bytesOf returns the bytes of an element: not negative, and always the same for the same element
     * @throws IllegalArgumentException if an argument is out of range
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
        svWakeAt(NO_CONSUMER);
    }

    /**
     * Adds an element, unless the ring is full or closed. Never blocks.
     *
     * @param element refused with {@link Offer#FULL} if it has more than {@link #maxBytes} bytes
     * @throws IllegalArgumentException if the number of its bytes is negative
     */
    public Offer offer(E element) {
        int bytes = bytesOf.applyAsInt(Objects.requireNonNull(element, "element"));
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes " + bytes + " is negative");
        }
        // On the fast path, there is only an addition between the load of the word and its compare-and-set.
        long claim = claim(bytes);
        long word = lvProducer();
        while (true) {
            if ((word & CLOSED) != 0) {
                return Offer.CLOSED;
            }
            // The limit is read after the word. If the compare-and-set finds the word unchanged, it did not change in
            // between, so that word and limit belong together. A limit may be behind the consumer, but never ahead.
            if (!fits(word, bytes, lvLimit()) && isFull(word, bytes)) {
                return refused(bytes);
            }
            if (casProducer(word, word + claim)) {
                break;
            }
            // After a short pause, the winner has made its next claims within its own cache. Without it, each claim of
            // either thread would have to transfer the cache line.
            for (int i = 0; i < PAUSES_AFTER_LOST_CLAIM; i++) {
                Thread.onSpinWait();
            }
            word = lvProducer();
        }
        // The slot belongs to this thread: the consumer does not pass an empty slot, and no producer can claim the
        // index again before the consumer has passed.
        SLOT.setRelease(slots, position(word) & mask, element);
        if ((word & ASLEEP) != 0) {
            // Only the offer that reaches the awaited position finds it here. So a single producer wakes the consumer,
            // and all others only load a field.
            int next = position(word + claim);
            if (lvWakeAt() == next) {
                wake(next);
            }
        }
        return Offer.ACCEPTED;
    }

    /**
     * Passes up to {@code limit} elements to {@code consumer}, in the order in which they were accepted. Their slots
     * and bytes are free when this method returns, and some of them earlier. If the consumer throws an exception, its
     * element counts as consumed, the later ones remain, and the exception is propagated.
     *
     * @return the number of elements passed; less than {@code limit} if there are no more, or if the next one is still
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
                // A plain store, because a producer stores here only after it has seen the word that is released below.
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
     * Parks the consumer until the ring contains {@code elements}, an offer is refused because the ring is full, the
     * ring is closed, {@code nanos} have elapsed, or the thread is interrupted (its interrupt flag remains set). Never
     * spins on an empty ring.
     *
     * @param elements at least 1; limited to {@link #capacity}
     * @param nanos maximum time to wait; {@link Long#MAX_VALUE} means without limit
     * @return false if the time elapsed or the thread was interrupted first
     */
    public boolean await(int elements, long nanos) {
        long deadline = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + nanos;
        int consumed = position(lpConsumer());
        int wanted = Math.max(1, Math.min(elements, capacity()));
        return (reached(lvProducer(), consumed, wanted) || slept(consumed, wanted, deadline))
                && stored(consumed, deadline);
    }

    /** Refuses later offers with {@link Offer#CLOSED}. The elements in the ring can still be drained. Idempotent. */
    public void close() {
        setFlag(CLOSED);
        wakeAnyway();
    }

    /**
     * Returns whether the ring is closed and every accepted element has been passed to the consumer. Once true, it
     * remains true. An element that has been accepted but not yet stored counts as being in the ring.
     */
    public boolean isDrained() {
        long word = lvProducer();
        return (word & CLOSED) != 0 && position(word) == position(lvConsumer());
    }

    /** Returns the number of elements that were accepted and whose slots {@link #drain} has not freed yet. */
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

    /** Returns the bytes of the elements that {@link #size} counts. */
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

    /** Returns the maximum number of elements. */
    public int capacity() {
        return slots.length;
    }

    /** Returns the maximum number of bytes of all elements together. */
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public String toString() {
        return "SubmissionRing[" + size() + "/" + capacity() + " elements, " + bytes() + "/" + maxBytes + " bytes"
                + ((lvProducer() & CLOSED) != 0 ? ", closed]" : "]");
    }

    private static boolean fits(long word, int bytes, long limit) {
        // Both differences are signed, so that a word beyond the limit does not fit either. The flags are worth less
        // than an element.
        return (int) limit - (int) word > 0 && bytes <= sum(limit) - sum(word);
    }

    /** Reads the position of the consumer and publishes the new limit for all producers. */
    private boolean isFull(long word, int bytes) {
        long known = lvLimit();
        long fresh = limit(lvConsumer());
        if (((word ^ lvProducer()) & ~ASLEEP) != 0) {
            // Other producers have made progress, and the consumer may even have passed this word. The following
            // compare-and-set will fail and start over. A difference in only the consumer's flag does not count,
            // because the flag may be reset before the compare-and-set, which would then succeed.
            return false;
        }
        if (!fits(word, bytes, fresh)) {
            return true;
        }
        // Not a plain store: a thread that was suspended here must not restore an old limit.
        casLimit(known, fresh);
        return false;
    }

    /** Returns the word of the producers at which the ring is full, for a given word of the consumer. */
    private long limit(long consumed) {
        return (long) (sum(consumed) + maxBytes) << 32 | (consumed + slots.length * ONE_ELEMENT) & 0xFFFF_FFFFL;
    }

    private Offer refused(int bytes) {
        // The consumer may be waiting for more elements than fit into the maximum number of bytes.
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
        // An offer that claims after this flag was set sees the flag and then the target. One that claimed before is
        // contained in the returned word.
        boolean reached = reached(setFlag(ASLEEP), consumed, wanted);
        // A wake-up resets wakeAt, which distinguishes it from other reasons to return from park.
        boolean woken;
        while (!(woken = reached || lvWakeAt() != target) && !isOver(deadline)) {
            park(deadline);
        }
        clearAsleep();
        svWakeAt(NO_CONSUMER);
        return woken;
    }

    /** Waits for an element that is claimed but not stored yet; its producer may have been suspended in between. */
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
        if (target != NO_CONSUMER) {
            wake(target);
        }
    }

    private void wake(long target) {
        // If several threads try, one succeeds. None of them wakes a consumer that already awaits another position.
        if (casWakeAt(target, NO_CONSUMER)) {
            LockSupport.unpark(lpSleeper());
        }
    }

    /** Sets a flag in the word of the producers and returns the resulting word. */
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
