package io.webwatch.batch;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what was dropped: the first time of each reason at once, then in one line a minute. The batcher's
 * alone.
 */
final class DropReporter {
    private static final Logger LOG = LoggerFactory.getLogger("io.webwatch.Drops");
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final DropCounters drops;
    private final Map<DropReason, Long> reported = new EnumMap<>(DropReason.class);
    private long reportedAt = Long.MIN_VALUE;

    DropReporter(DropCounters drops) {
        this.drops = drops;
    }

    /** Whether something was dropped that was not told yet. */
    boolean hasNews() {
        return !news(drops.snapshot()).isEmpty();
    }

    /** Tells what is new, if it is time to. */
    void report(long nowNanos) {
        Map<DropReason, Long> counts = drops.snapshot();
        Map<DropReason, Long> news = news(counts);
        boolean first = !reported.keySet().containsAll(news.keySet());
        boolean due = reportedAt == Long.MIN_VALUE || nowNanos - reportedAt >= EVERY_NANOS;
        if (news.isEmpty() || !first && !due) {
            return;
        }
        reported.putAll(counts);
        reportedAt = nowNanos;
        String list = news.entrySet().stream()
                .map(entry -> entry.getValue() + " (" + entry.getKey().explanation() + ")")
                .collect(Collectors.joining(", "));
        if (news.keySet().stream().allMatch(DropReporter::isHarmless)) {
            LOG.debug("Not taken since the last report: {}.", list);
        } else {
            LOG.warn("Not taken since the last report: {}.", list);
        }
    }

    private Map<DropReason, Long> news(Map<DropReason, Long> counts) {
        Map<DropReason, Long> news = new EnumMap<>(DropReason.class);
        counts.forEach((reason, count) -> {
            long before = reported.getOrDefault(reason, 0L);
            if (count > before) {
                news.put(reason, count - before);
            }
        });
        return news;
    }

    /** What is no loss: a copy, or something that was asked for. */
    private static boolean isHarmless(DropReason reason) {
        return reason == DropReason.DUPLICATE
                || reason == DropReason.BOT
                || reason == DropReason.PRIVACY
                || reason == DropReason.LIVE_LAG;
    }
}
