package io.webwatch.servlet.internal.client;

import io.webwatch.runtime.TimeSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A token bucket per client address, implemented by the generic cell rate algorithm (ITU-T I.371): it stores one
 * number per address, the time at which its bucket is full again. Thread-safe, lock-free, and allocation-free for
 * IPv4.
 *
 * <p>The size is fixed. When a set of slots is full of active addresses, the limiter forgets the one whose bucket is
 * closest to full, which can only allow too much. Two addresses that race for one slot may share it for a moment, so
 * that one of them waits for the other.
 */
public final class RateLimiter {
    private static final int WAYS = 8;
    private static final long MAX_RETRY_SECONDS = 3_600;

    private final TimeSource time;
    private final long startNanos;
    private final long intervalNanos;
    private final long burstNanos;
    private final int setMask;
    private final AtomicLongArray keys;
    private final AtomicLongArray fullAt;
    private final long seed = ThreadLocalRandom.current().nextLong() | 1;

    /**
     * Creates a limiter with full buckets.
     *
     * @param perSecond tokens that a bucket gains per second
     * @param burst capacity of a bucket
     * @param addresses approximate number of addresses to remember; rounded up to a power of two
     */
    public RateLimiter(double perSecond, int burst, int addresses, TimeSource time) {
        this.time = time;
        this.startNanos = time.nanoTime() - 1; // a stored time is above 0
        this.intervalNanos = Math.max(1, (long) (1e9 / perSecond));
        this.burstNanos = intervalNanos * burst;
        int sets = Integer.highestOneBit(Math.max(1, addresses / WAYS - 1)) << 1;
        this.setMask = sets - 1;
        this.keys = new AtomicLongArray(sets * WAYS);
        this.fullAt = new AtomicLongArray(sets * WAYS);
    }

    /**
     * Takes a token from the bucket of an address.
     *
     * @return 0 if the bucket had one, otherwise the nanoseconds until it has one
     */
    public long tryAcquire(String address) {
        long now = now();
        int slot = slot(key(address), now);
        while (true) {
            long seen = fullAt.get(slot);
            long base = Math.max(seen, now);
            long wait = base + intervalNanos - now - burstNanos;
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(slot, seen, base + intervalNanos)) {
                return 0;
            }
        }
    }

    /** Returns the nanoseconds until the bucket of an address has a token, or 0 if it has one. Takes none. */
    public long waitFor(String address) {
        long now = now();
        long key = key(address);
        int first = first(key);
        for (int i = first; i < first + WAYS; i++) {
            if (keys.get(i) == key) {
                return Math.max(0, Math.max(fullAt.get(i), now) + intervalNanos - now - burstNanos);
            }
        }
        return 0;
    }

    /** Returns the {@code Retry-After} seconds for a wait in nanoseconds. */
    public static int retryAfter(long waitNanos) {
        return (int) Math.min(MAX_RETRY_SECONDS, TimeUnit.NANOSECONDS.toSeconds(waitNanos) + 1);
    }

    private long now() {
        return time.nanoTime() - startNanos;
    }

    private int slot(long key, long nowNanos) {
        int first = first(key);
        int best = first;
        long earliest = Long.MAX_VALUE;
        for (int i = first; i < first + WAYS; i++) {
            long holder = keys.get(i);
            if (holder == key) {
                return i;
            }
            long full = holder == 0 ? Long.MIN_VALUE : fullAt.get(i);
            if (full < earliest) {
                earliest = full;
                best = i;
            }
        }
        fullAt.set(best, nowNanos);
        keys.set(best, key);
        return best;
    }

    private int first(long key) {
        return ((int) (key >>> 32) & setMask) * WAYS;
    }

    /**
     * Returns a key that is never 0. IPv6 addresses share the key of their /64, because a single host owns all of it.
     */
    private long key(String address) {
        long v4 = IpAddress.parseV4(address, 0, address.length());
        long raw = v4;
        if (v4 < 0) {
            IpAddress v6 = IpAddress.parse(address);
            raw = v6 == null ? address.hashCode() : v6.isV4() ? v6.low() & 0xffff_ffffL : ~v6.high();
        }
        long mixed = (raw ^ seed) * 0x9e3779b97f4a7c15L; // the seed prevents a client from choosing its set
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        mixed ^= mixed >>> 29;
        return mixed == 0 ? 1 : mixed;
    }
}
