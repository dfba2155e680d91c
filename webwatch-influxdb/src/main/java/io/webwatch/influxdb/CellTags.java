package io.webwatch.influxdb;

import java.util.concurrent.atomic.LongAdder;

/** The distinct cells that became tag values: a bounded set of positions. Not thread-safe, except for {@link #overflowed}. */
final class CellTags {
    private final int bound;
    private final LongAdder overflows = new LongAdder();
    private long[] slots = new long[64]; // position + 1; 0 is free
    private int count;

    CellTags(int bound) {
        this.bound = bound;
    }

    /** Returns whether the cell may be a tag value. If the limit is reached, returns false and counts the cell. */
    boolean admit(int column, int row) {
        long key = ((long) column << 32 | row & 0xffff_ffffL) + 1;
        int slot = slot(key);
        if (slots[slot] == key) {
            return true;
        }
        if (count == bound) {
            overflows.increment();
            return false;
        }
        slots[slot] = key;
        count++;
        if (2 * count > slots.length) {
            grow();
        }
        return true;
    }

    /** Returns how often a cell was beyond the limit. Thread-safe. */
    long overflowed() {
        return overflows.sum();
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (long key : before) {
            if (key != 0) {
                slots[slot(key)] = key;
            }
        }
    }

    private int slot(long key) {
        int mask = slots.length - 1;
        int slot = (int) (key * 0x9e37_79b9_7f4a_7c15L >>> 32) & mask;
        while (slots[slot] != 0 && slots[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
