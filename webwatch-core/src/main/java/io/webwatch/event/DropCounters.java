package io.webwatch.event;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts every loss under its reason. Thread-safe; counting costs no contention. */
public final class DropCounters {
    private static final DropReason[] REASONS = DropReason.values();

    private final LongAdder[] counters = new LongAdder[REASONS.length];

    public DropCounters() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
    }

    /** Counts losses. */
    public void add(DropReason reason, long count) {
        if (count != 0) {
            counters[reason.ordinal()].add(count);
        }
    }

    /** Losses under a reason so far. */
    public long count(DropReason reason) {
        return counters[reason.ordinal()].sum();
    }

    /** Every reason that occurred with its count, as an unmodifiable copy. */
    public Map<DropReason, Long> snapshot() {
        Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
        for (DropReason reason : REASONS) {
            long count = count(reason);
            if (count > 0) {
                counts.put(reason, count);
            }
        }
        return Collections.unmodifiableMap(counts);
    }
}
