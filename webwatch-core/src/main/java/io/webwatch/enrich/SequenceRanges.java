package io.webwatch.enrich;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The sequence numbers of one page view that were seen, as ranges, of which there are nearly always one or two. Bounded:
 * above {@value #MAX_RANGES} ranges, the lowest is removed. Not thread-safe.
 */
final class SequenceRanges {
    private static final int MAX_RANGES = 64;
    private static final int[] NONE = {};

    private int[] ranges = NONE; // from, to (inclusive), ascending, not touching
    private int used;

    /** Adds a number and returns whether it is new. */
    boolean add(int number) {
        int at = used;
        while (at > 0 && ranges[at - 2] > number) {
            at -= 2;
        }
        // every range from `at` on now starts above the number
        if (at > 0 && number <= ranges[at - 1]) {
            return false;
        }
        boolean joinsLower = at > 0 && ranges[at - 1] == number - 1;
        boolean joinsUpper = at < used && ranges[at] == number + 1;
        if (joinsLower && joinsUpper) {
            ranges[at - 1] = ranges[at + 1];
            remove(at);
        } else if (joinsLower) {
            ranges[at - 1] = number;
        } else if (joinsUpper) {
            ranges[at] = number;
        } else {
            insert(at, number);
        }
        return true;
    }

    /** Removes a number. */
    void forget(int number) {
        for (int at = 0; at < used; at += 2) {
            int from = ranges[at];
            int to = ranges[at + 1];
            if (number < from || number > to) {
                continue;
            }
            if (from == to) {
                remove(at);
            } else if (number == from) {
                ranges[at]++;
            } else if (number == to) {
                ranges[at + 1]--;
            } else {
                ranges[at + 1] = number - 1;
                insert(at + 2, number + 1);
                ranges[lastIndexFrom(number + 1)] = to;
            }
            return;
        }
    }

    private int lastIndexFrom(int from) {
        for (int at = 0; at < used; at += 2) {
            if (ranges[at] == from) {
                return at + 1;
            }
        }
        throw new IllegalStateException("There is no range that starts at " + from);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(used);
        for (int i = 0; i < used; i++) {
            out.writeInt(ranges[i]);
        }
    }

    void read(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > 2 * MAX_RANGES) {
            throw new IOException("The stored number of ranges is invalid: " + count + ".");
        }
        ranges = new int[count];
        used = count;
        for (int i = 0; i < count; i++) {
            ranges[i] = in.readInt();
        }
    }

    private void remove(int at) {
        System.arraycopy(ranges, at + 2, ranges, at, used - at - 2);
        used -= 2;
    }

    private void insert(int at, int number) {
        int position = at;
        if (used == 2 * MAX_RANGES) {
            if (position == 0) {
                return; // this would be the lowest range, which is the one to remove
            }
            remove(0);
            position -= 2;
        }
        if (used == ranges.length) {
            ranges = Arrays.copyOf(ranges, Math.max(2, used * 2));
        }
        System.arraycopy(ranges, position, ranges, position + 2, used - position);
        ranges[position] = number;
        ranges[position + 1] = number;
        used += 2;
    }
}
