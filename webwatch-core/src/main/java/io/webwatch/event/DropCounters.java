package io.webwatch.event;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts losses by reason. Thread-safe, without contention between threads that count. */
public final class DropCounters {
    private static final DropReason[] REASONS = DropReason.values();

    private final LongAdder[] counters = new LongAdder[REASONS.length];

    public DropCounters() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
    }

    /** Adds to the number of losses with a reason. */
    public void add(DropReason reason, long count) {
        if (count != 0) {
            counters[reason.ordinal()].add(count);
        }
    }

    /** Returns the number of losses with a reason so far. */
    public long count(DropReason reason) {
        return counters[reason.ordinal()].sum();
    }

    /** Returns an unmodifiable copy of all counts above zero. */
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
