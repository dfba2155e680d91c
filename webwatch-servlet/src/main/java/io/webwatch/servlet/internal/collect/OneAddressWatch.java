package io.webwatch.servlet.internal.collect;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a proxy that is not trusted: nearly all requests then come from one address, although they come from many
 * browsers. Thread-safe. Counts may be slightly off under contention, which does not matter for the threshold.
 */
final class OneAddressWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OneAddressWatch.class);
    static final int WINDOW = 1_000;
    private static final int NEARLY_ALL = 950;
    private static final int BROWSERS = 8;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger same = new AtomicInteger();
    /** One bit per class of user agents; a user agent belongs to one of 64 classes. */
    private final AtomicLong userAgents = new AtomicLong();

    private volatile String candidate = "";
    private volatile boolean warned;
    private volatile boolean suspicious;

    void saw(String address, String userAgent) {
        if (warned) {
            return;
        }
        if (address.equals(candidate)) {
            same.incrementAndGet();
            int hash = userAgent.hashCode();
            long bit = 1L << ((hash ^ hash >>> 16) & 63);
            if ((userAgents.get() & bit) == 0) {
                userAgents.accumulateAndGet(bit, (a, b) -> a | b);
            }
        }
        if (requests.incrementAndGet() >= WINDOW) {
            judge(address);
        }
    }

    private synchronized void judge(String next) {
        if (warned || requests.get() < WINDOW) {
            return;
        }
        if (same.get() >= NEARLY_ALL && Long.bitCount(userAgents.get()) >= BROWSERS) {
            suspicious = true;
            warned = true;
            LOG.warn("{}", warning());
        }
        // the next window counts the requests of a current address
        candidate = next;
        same.set(0);
        userAgents.set(0);
        requests.set(0);
    }

    private static String warning() {
        return "Nearly all events come from one client address, so WebWatch counts all visitors as one. If the"
                + " application runs behind a proxy, configure the proxy to send X-Forwarded-For and add its address to"
                + " webwatch.collector.trusted-proxies.";
    }

    /** Returns sentences for the status. */
    List<String> warnings() {
        return suspicious ? List.of(warning()) : List.of();
    }
}
