package io.webwatch.enrich;

import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.runtime.DaemonThreads;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * Parses user agents with the expressions of the ua-parser project and caches the results. Parsing one takes milliseconds,
 * so parsing is limited to a tenth of the time; user agents above the limit are {@link UserAgent#UNPARSED}. Not
 * thread-safe; used by the batcher thread only.
 */
final class UserAgents {
    private static final int CACHE = 4_096;
    private static final long BURST_NANOS = 1_000_000_000;
    private static final int SHARE = 10;

    private final CompletableFuture<Parser> parser;
    private final LongSupplier nanoTime;
    private final Map<String, UserAgent> cache = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UserAgent> eldest) {
            return size() > CACHE;
        }
    };
    private long budgetNanos = BURST_NANOS;
    private long budgetAt;

    UserAgents(CompletableFuture<Parser> parser, LongSupplier nanoTime) {
        this.parser = parser;
        this.nanoTime = nanoTime;
        this.budgetAt = nanoTime.getAsLong();
    }

    /** Loads the parser in the background, because that takes about half a second. */
    static CompletableFuture<Parser> load() {
        CompletableFuture<Parser> loaded = new CompletableFuture<>();
        DaemonThreads.create("webwatch-user-agents", () -> {
                    try {
                        loaded.complete(new Parser());
                    } catch (Throwable e) { // a missing or broken library must not stop the application
                        loaded.completeExceptionally(e);
                    }
                })
                .start();
        return loaded;
    }

    /** Parses a user agent of at most 512 characters. */
    UserAgent parse(String userAgent) {
        if (userAgent.isEmpty()) {
            return UserAgent.NONE;
        }
        UserAgent known = cache.get(userAgent);
        if (known != null) {
            return known;
        }
        long start = nanoTime.getAsLong();
        budgetNanos = Math.min(BURST_NANOS, budgetNanos + (start - budgetAt) / SHARE);
        budgetAt = start;
        if (budgetNanos <= 0) {
            return UserAgent.UNPARSED;
        }
        UserAgent parsed = read(userAgent);
        if (parser.isDone()) {
            long end = nanoTime.getAsLong();
            budgetNanos -= end - start;
            budgetAt = end;
        }
        cache.put(userAgent, parsed);
        return parsed;
    }

    private UserAgent read(String userAgent) {
        Client client;
        try {
            client = parser.join().parse(userAgent);
        } catch (RuntimeException e) {
            return UserAgent.UNPARSED;
        }
        return new UserAgent(
                device(userAgent),
                family(client.userAgent.family),
                version(client.userAgent.major, client.userAgent.minor),
                family(client.os.family),
                version(client.os.major, client.os.minor));
    }

    private static @Nullable String family(@Nullable String family) {
        return family == null || family.equals("Other") ? null : family;
    }

    private static @Nullable String version(@Nullable String major, @Nullable String minor) {
        if (major == null || minor == null || minor.equals("0")) {
            return major;
        }
        return major + '.' + minor;
    }

    private static DeviceKind device(String userAgent) {
        if (userAgent.contains("iPad") || userAgent.contains("Tablet") || userAgent.contains("Kindle")) {
            return DeviceKind.TABLET;
        }
        if (userAgent.contains("Mobi") || userAgent.contains("iPhone") || userAgent.contains("iPod")) {
            return DeviceKind.MOBILE;
        }
        if (userAgent.contains("Android")) {
            return DeviceKind.TABLET; // phones have both "Android" and "Mobile"
        }
        return userAgent.startsWith("Mozilla/") || userAgent.startsWith("Opera/")
                ? DeviceKind.DESKTOP
                : DeviceKind.UNKNOWN;
    }
}
