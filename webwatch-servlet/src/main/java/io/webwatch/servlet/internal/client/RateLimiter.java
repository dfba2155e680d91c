package io.webwatch.servlet.internal.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A token bucket for each client address, in the form of the generic cell rate algorithm (ITU-T I.371): one number per
 * address, the moment at which its bucket is full again. Thread-safe, lock-free, allocation-free for IPv4, and of fixed
 * size: when a set of slots is full of active addresses, the one nearest to a full bucket is forgotten, which can only
 * forgive. Two addresses that race for one slot can share it for a moment; also that only changes who waits.
 */
public final class RateLimiter {
    private static final int WAYS = 8;

    private final long intervalNanos;
    private final long burstNanos;
    private final int setMask;
    private final AtomicLongArray keys;
    private final AtomicLongArray fullAt;
    private final long seed = ThreadLocalRandom.current().nextLong() | 1;

    /**
     * A limiter.
     *
     * @param addresses about how many are remembered; rounded up to a power of two
     */
    public RateLimiter(double perSecond, int burst, int addresses) {
        this.intervalNanos = Math.max(1, (long) (1e9 / perSecond));
        this.burstNanos = intervalNanos * burst;
        int sets = Integer.highestOneBit(Math.max(1, addresses / WAYS - 1)) << 1;
        this.setMask = sets - 1;
        this.keys = new AtomicLongArray(sets * WAYS);
        this.fullAt = new AtomicLongArray(sets * WAYS);
    }

    /**
     * Takes a token.
     *
     * @param nowNanos a monotonic time above 0
     * @return 0 when one was there, else the nanoseconds until one is
     */
    public long tryAcquire(String address, long nowNanos) {
        int slot = slot(key(address), nowNanos);
        while (true) {
            long seen = fullAt.get(slot);
            long base = Math.max(seen, nowNanos);
            long wait = base + intervalNanos - nowNanos - burstNanos;
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(slot, seen, base + intervalNanos)) {
                return 0;
            }
        }
    }

    /** Nanoseconds until a token is there, without taking it; 0 when one is. */
    public long waitFor(String address, long nowNanos) {
        long key = key(address);
        int first = first(key);
        for (int i = first; i < first + WAYS; i++) {
            if (keys.get(i) == key) {
                return Math.max(0, Math.max(fullAt.get(i), nowNanos) + intervalNanos - nowNanos - burstNanos);
            }
        }
        return 0;
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

    /** Never 0. IPv6 counts by /64: a single host owns all of it. */
    private long key(String address) {
        long v4 = IpAddress.parseV4(address, 0, address.length());
        long raw = v4;
        if (v4 < 0) {
            IpAddress v6 = IpAddress.parse(address);
            raw = v6 == null ? address.hashCode() : v6.isV4() ? v6.low() & 0xffff_ffffL : ~v6.high();
        }
        long mixed = (raw ^ seed) * 0x9e3779b97f4a7c15L; // the seed keeps a client from choosing its set
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        mixed ^= mixed >>> 29;
        return mixed == 0 ? 1 : mixed;
    }
}
