package io.webwatch.enrich;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Caches landings, because many visitors come to the same page from the same place, and their sessions then share the
 * memory. Bounded to {@value #SLOTS} entries with addresses of at most {@value #MAX_LENGTH} characters. Not thread-safe;
 * used by the batcher thread only.
 */
final class Landings {
    private static final int SLOTS = 1_024;
    private static final int MAX_LENGTH = 512;

    private record Entry(String url, @Nullable String referrer, Landing landing) {}

    private final Set<String> allowed;
    private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];

    Landings(Set<String> allowed) {
        this.allowed = allowed;
    }

    Landing of(String url, @Nullable String referrer) {
        int hash = url.hashCode() * 31 + (referrer == null ? 0 : referrer.hashCode());
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        Entry entry = entries[slot];
        if (entry != null && entry.url.equals(url) && Objects.equals(entry.referrer, referrer)) {
            return entry.landing;
        }
        Landing landing = Landing.of(url, referrer, allowed);
        if (url.length() + (referrer == null ? 0 : referrer.length()) <= MAX_LENGTH) {
            entries[slot] = new Entry(url, referrer, landing);
        }
        return landing;
    }
}
