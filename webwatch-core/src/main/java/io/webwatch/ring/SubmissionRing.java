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
 * <p><b>How it works.</b> One 64-bit word says how far producers have come: a 32-bit sum (the bytes of all elements so
 * far), a 31-bit position (their number) and a closed flag, the first two modulo their width. One compare-and-set of that word takes a slot and the bytes, unless the ring was closed: both bounds and the end are
 * decided in a single step. The consumer publishes its position alone, and never looks at bytes: at every step of a few
 * elements the producer that fills it notes the sum up to there, and a producer that finds no room looks up the note for
 * the consumer's position. So the consumer's progress costs one store, and the notes stay out of its cache.
 *
 * <p>The price: bytes become free by whole steps ({@code capacity / 64} elements, at least 1, at most 8), or when the
 * ring is empty. Slots become free one by one.
 *
 * <p>Words wrap around. A compare-and-set could mistake an old word for a new one only if its thread had been held up for
 * a multiple of 2<sup>31</sup> offers whose bytes add up to a multiple of 4 GiB, and at that very offer. Where the position overflows into the sum, one element counts a byte too much.
 */
public final class SubmissionRing<E> extends RingFields.Padding3 {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle NOTE = MethodHandles.arrayElementVarHandle(int[].class);

    private static final long CLOSED_FLAG = 1;
    private static final long ONE_ELEMENT = 2;
    private static final int POSITION_MASK = Integer.MAX_VALUE;
    private static final int MAX_CAPACITY = 1 << 30;
    private static final long NOBODY = -1;

    /** A consumer that published each element would share its word's line with the producers at every step. */
    private static final int MAX_CHUNK = 256;

    /** Small, since what is drained of a step stays counted: with large elements that is room lost. */
    private static final int MAX_STEP = 8;

    private static final int PAUSES_AFTER_LOST_CLAIM = 8;
    private static final int SPINS_FOR_CLAIMED = 64;
    private static final long NAP_FOR_CLAIMED_NANOS = 50_000;

    private final Object[] slots;
    /** Sum of bytes up to each multiple of a step; two laps of them, so that none is written while it may be needed. */
    private final int[] notes;

    private final int mask;
    private final int stepMask;
    private final int stepShift;
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
        this.mask = rounded - 1;
        int step = Math.max(1, Math.min(MAX_STEP, rounded / 64));
        this.stepMask = step - 1;
        this.stepShift = Integer.numberOfTrailingZeros(step);
        this.notes = new int[rounded / step * 2];
        this.chunkMask = Math.min(MAX_CHUNK, Math.max(1, rounded / 4)) - 1;
        this.maxBytes = (int) maxBytes;
        spLimit(word(rounded, (int) maxBytes));
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
        // An addition alone stands between the load of the word and its compare-and-set: that is the path that counts.
        long claim = (long) bytes << 32 | ONE_ELEMENT;
        long word = lvProducer();
        while (true) {
            if (isClosed(word)) {
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
        long next = word + claim;
        if ((position(next) & stepMask) == 0) {
            // Before the element: whoever learns that the consumer has passed this position finds the note.
            NOTE.setRelease(notes, noteOf(position(next)), sum(next));
        }
        // The slot is ours: the consumer passes no empty slot, and no producer gets this index again before that.
        SLOT.setRelease(slots, position(word) & mask, element);

        // Against the consumer's "store wakeAt, then load the producer word" stands our "swap the producer word, then
        // load wakeAt", all volatile: one of the two sees the other. Only the offer that reaches the awaited position
        // finds its own number here, so one producer pays for the wake-up and the others for a load.
        if (lvWakeAt() == position(next)) {
            wake(position(next));
        }
        return Offer.ACCEPTED;
    }

    /**
     * Hands up to {@code limit} elements to {@code consumer}, in the order in which they were accepted. Their slots are
     * free again when this returns, in a long run some earlier. If the consumer throws, the element that it was
     * given counts as consumed, the later ones stay, and the exception is passed on.
     *
     * @return how many were handed over: fewer than {@code limit} when there are no more, or when the next one is still
     *     being stored by its producer
     */
    public int drain(Consumer<? super E> consumer, int limit) {
        Objects.requireNonNull(consumer, "consumer");
        int start = lpConsumer();
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
                    soConsumer(position);
                }
                consumer.accept(cast(element));
            }
        } finally {
            if (position != lpConsumer()) {
                soConsumer(position);
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
        int consumed = lpConsumer();
        int wanted = Math.max(1, Math.min(elements, capacity()));
        return (reached(consumed, wanted) || parked(consumed, wanted, deadline)) && stored(consumed, deadline);
    }

    /** Later offers are refused with {@link Offer#CLOSED}; what is inside can still be drained. Idempotent. */
    public void close() {
        long word;
        do {
            word = lvProducer();
        } while (!isClosed(word) && !casProducer(word, word | CLOSED_FLAG));
        wakeAnyway();
    }

    /**
     * Whether the ring was closed and every accepted element has been handed over; then it stays so. An offer that has
     * been decided but not yet stored counts as inside.
     */
    public boolean isDrained() {
        long word = lvProducer();
        return isClosed(word) && position(word) == lvConsumer();
    }

    /** Number of elements accepted and not yet freed by {@link #drain}. */
    public int size() {
        int consumed;
        long word;
        do {
            consumed = lvConsumer();
            word = lvProducer();
        } while (consumed != lvConsumer());
        return (position(word) - consumed) & POSITION_MASK;
    }

    /** Bytes taken: of the elements that {@link #size} counts, and of a step's that is not yet wholly drained. */
    public long bytes() {
        int consumed;
        long bytes;
        do {
            consumed = lvConsumer();
            long word = lvProducer();
            bytes = sum(word) - freed(word, consumed);
        } while (consumed != lvConsumer());
        return bytes;
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
                + (isClosed(lvProducer()) ? ", closed]" : "]");
    }

    private static boolean fits(long word, int bytes, long limit) {
        return position(word) != position(limit) && bytes <= sum(limit) - sum(word);
    }

    /** Looks up how far the consumer has really come, and leaves the new limit for all. */
    private boolean isFull(long word, int bytes) {
        long limit = lvLimit();
        int consumed = lvConsumer();
        long fresh = word(consumed + slots.length, freed(word, consumed) + maxBytes);
        if (word != lvProducer()) {
            // Others went on meanwhile: the position is none of this word's time, and the note may be of a later lap.
            // The compare-and-set that follows fails, and all starts anew.
            return false;
        }
        if (!fits(word, bytes, fresh)) {
            return true;
        }
        // Not a plain store: a thread held up here must not put back a limit of long ago.
        casLimit(limit, fresh);
        return false;
    }

    /** The sum of bytes that the consumer has freed at that position. */
    private int freed(long word, int consumed) {
        return position(word) == consumed ? sum(word) : (int) NOTE.getAcquire(notes, noteOf(consumed));
    }

    private int noteOf(int position) {
        return position >>> stepShift & notes.length - 1;
    }

    private Offer refused(int bytes) {
        // The consumer may be waiting for more elements than the bytes leave room for.
        if (bytes <= maxBytes) {
            wakeAnyway();
        }
        return Offer.FULL;
    }

    private boolean reached(int consumed, int wanted) {
        long word = lvProducer();
        return isClosed(word) || ((position(word) - consumed) & POSITION_MASK) >= wanted;
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

    private static long word(int position, int sum) {
        return (long) sum << 32 | position << 1 & 0xFFFF_FFFFL;
    }

    private static int position(long word) {
        return (int) word >>> 1;
    }

    private static int sum(long word) {
        return (int) (word >>> 32);
    }

    private static boolean isClosed(long word) {
        return (word & CLOSED_FLAG) != 0;
    }

    @SuppressWarnings("unchecked")
    private E cast(Object element) {
        return (E) element;
    }
}
