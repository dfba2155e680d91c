package io.webwatch.enrich;

import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.runtime.BackoffPause;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.SupervisedLoop;
import io.webwatch.runtime.ThreadFailures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
    private static final int LOAD_ATTEMPTS = 6;
    private static final String THREAD = "webwatch-user-agents";

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

    /**
     * Loads the parser in the background, because that takes about half a second. If loading fails, the future completes
     * with the failure, so that events do not wait, and gets the parser when a later attempt succeeds.
     */
    static CompletableFuture<Parser> load(ThreadFailures failures) {
        return load(Parser::new, failures, new BackoffPause());
    }

    static CompletableFuture<Parser> load(
            Supplier<Parser> loader, ThreadFailures failures, SupervisedLoop.Pause pause) {
        CompletableFuture<Parser> loaded = new CompletableFuture<>();
        ThreadFailures.OfThread counter = failures.of(
                THREAD,
                "WebWatch tries " + LOAD_ATTEMPTS + " times to load the user-agent parser. Until it is loaded, browsers"
                        + " and operating systems are unknown.");
        SupervisedLoop loop = new SupervisedLoop(() -> isToRepeat(loader, loaded, counter), counter, pause);
        DaemonThreads.create(THREAD, loop).start();
        return loaded;
    }

    private static boolean isToRepeat(
            Supplier<Parser> loader, CompletableFuture<Parser> loaded, ThreadFailures.OfThread failures) {
        if (failures.count() >= LOAD_ATTEMPTS) {
            return false;
        }
        try {
            Parser parser = loader.get();
            if (!loaded.complete(parser)) {
                loaded.obtrudeValue(parser); // replaces the failure
            }
            return false;
        } catch (Throwable e) { // a missing or broken library must not stop the application
            loaded.completeExceptionally(e);
            throw e;
        }
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
        if (!parser.isCompletedExceptionally()) {
            cache.put(userAgent, parsed);
        }
        return parsed;
    }

    private UserAgent read(String userAgent) {
        Client client;
        try {
            client = parser.join().parse(userAgent);
        } catch (RuntimeException | StackOverflowError e) { // a regular expression can exhaust the stack
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
