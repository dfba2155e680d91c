package io.webwatch.live;

/**
 * Counts distinct 64-bit hashes, exactly up to a bound and then not any further. Not thread-safe.
 */
final class LongHashSet {
    private final int most;
    private long[] table = new long[16]; // 0 marks a free place
    private int size;

    LongHashSet(int most) {
        this.most = most;
    }

    /** Adds the hash of a text. */
    void add(String text) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        add(hash == 0 ? 1 : hash);
    }

    int size() {
        return size;
    }

    void clear() {
        table = new long[16];
        size = 0;
    }

    private void add(long hash) {
        int place = place(table, hash);
        if (table[place] == hash || size == most) {
            return;
        }
        table[place] = hash;
        if (++size * 2 > table.length) {
            long[] larger = new long[table.length * 2];
            for (long known : table) {
                if (known != 0) {
                    larger[place(larger, known)] = known;
                }
            }
            table = larger;
        }
    }

    private static int place(long[] table, long hash) {
        int mask = table.length - 1;
        int place = (int) (hash ^ hash >>> 32) & mask;
        while (table[place] != 0 && table[place] != hash) {
            place = place + 1 & mask;
        }
        return place;
    }
}
