package io.webwatch.batch;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.runtime.TimeSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs what was dropped and why: at once when a reason occurs for the first time, then at most once a minute. Used by
 * the batcher's thread.
 */
final class DropReporter {
    private static final Logger LOG = LoggerFactory.getLogger(DropReporter.class);
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Set<DropReason> COUNTED_BY_REQUEST = EnumSet.of(
            DropReason.MALFORMED,
            DropReason.TOO_LARGE,
            DropReason.ORIGIN,
            DropReason.MEDIA_TYPE,
            DropReason.RATE,
            DropReason.ASYNC_UNSUPPORTED);

    private final DropCounters drops;
    private final TimeSource time;
    private final Map<DropReason, Long> reported = new EnumMap<>(DropReason.class);
    private long reportedAtNanos;

    DropReporter(DropCounters drops, TimeSource time) {
        this.drops = drops;
        this.time = time;
        this.reportedAtNanos = time.nanoTime();
    }

    /** Returns whether there are drops that were not reported. */
    boolean hasNews() {
        return !news().isEmpty();
    }

    /** Reports new drops, if a reason is new or the interval has passed. */
    void report() {
        Map<DropReason, Long> news = news();
        boolean due = time.nanoTime() - reportedAtNanos >= INTERVAL_NANOS;
        if (due || !reported.keySet().containsAll(news.keySet())) {
            report(news);
        }
    }

    /** Reports all drops that were not reported. */
    void reportAll() {
        report(news());
    }

    private void report(Map<DropReason, Long> news) {
        if (news.isEmpty()) {
            return;
        }
        long now = time.nanoTime();
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(now - reportedAtNanos));
        news.forEach((reason, count) -> {
            reported.merge(reason, count, Long::sum);
            Level level = reason.kind() == DropReason.Kind.HARMLESS ? Level.DEBUG : Level.WARN;
            LOG.atLevel(level).log("Dropped {} in {} s: {}.", amount(reason, count), seconds, reason.explanation());
        });
        reportedAtNanos = now;
    }

    private static String amount(DropReason reason, long count) {
        String number = String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
        String unit = COUNTED_BY_REQUEST.contains(reason) ? "request" : "event";
        return number + " " + unit + (count == 1 ? "" : "s");
    }

    private Map<DropReason, Long> news() {
        Map<DropReason, Long> news = new EnumMap<>(DropReason.class);
        drops.snapshot().forEach((reason, count) -> {
            long unreported = count - reported.getOrDefault(reason, 0L);
            if (unreported > 0) {
                news.put(reason, unreported);
            }
        });
        return news;
    }
}
