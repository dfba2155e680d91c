package io.webwatch.live;

/** Counts distinct strings by their 64-bit hashes, up to a limit. Not thread-safe. */
final class LongHashSet {
    private final int limit;
    private long[] table = new long[16]; // 0 marks a free slot
    private int size;

    LongHashSet(int limit) {
        this.limit = limit;
    }

    /** Counts a string, unless it was counted before or the limit has been reached. */
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
        int slot = slot(table, hash);
        if (table[slot] == hash || size == limit) {
            return;
        }
        table[slot] = hash;
        if (++size * 2 > table.length) {
            long[] larger = new long[table.length * 2];
            for (long known : table) {
                if (known != 0) {
                    larger[slot(larger, known)] = known;
                }
            }
            table = larger;
        }
    }

    private static int slot(long[] table, long hash) {
        int mask = table.length - 1;
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (table[slot] != 0 && table[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
