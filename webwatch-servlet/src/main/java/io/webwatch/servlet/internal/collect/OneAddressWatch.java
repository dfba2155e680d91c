package io.webwatch.servlet.internal.collect;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a proxy that is not trusted: nearly all requests then have one address, though they come from many browsers.
 * Thread-safe; counts may be off by a few under contention, which the threshold does not mind.
 */
public final class OneAddressWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OneAddressWatch.class);
    static final int WINDOW = 1_000;
    private static final int NEARLY_ALL = 950;
    private static final int BROWSERS = 8;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger same = new AtomicInteger();
    /** One bit for each of 64 classes of user agents. */
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
        // the next window asks about an address of its own time
        candidate = next;
        same.set(0);
        userAgents.set(0);
        requests.set(0);
    }

    private static String warning() {
        return "Nearly all events come from one client address, so all visitors look like one: if the application is"
                + " behind a proxy, let it send X-Forwarded-For and add its address to"
                + " webwatch.collector.trusted-proxies.";
    }

    /** Sentences for the status page. */
    public List<String> warnings() {
        return suspicious ? List.of(warning()) : List.of();
    }
}
