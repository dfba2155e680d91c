package io.webwatch.servlet.internal.collect;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.request.ClientFacts;
import io.webwatch.servlet.internal.client.AddressRanges;
import io.webwatch.servlet.internal.client.ClientAddresses;
import io.webwatch.servlet.internal.client.RateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the public endpoints ask of a request before they look into it. Thread-safe. */
public final class Admission {
    private static final int BURST_SECONDS = 10;
    private static final int ADDRESSES = 16_384;
    private static final int MAX_USER_AGENT = 512;
    private static final int MAX_LANGUAGE = 256;

    private final OriginPolicy origins;
    private final ClientAddresses addresses;
    private final @Nullable RateLimiter limiter;
    private final OneAddressWatch watch;
    private final boolean identifiesUsers;
    private final long startNanos = System.nanoTime() - 1; // the limiter wants a time above 0

    public Admission(WebWatchConfig config) {
        this.addresses = new ClientAddresses(AddressRanges.trustedProxies(config));
        this.origins = new OriginPolicy(config, addresses);
        int rate = config.get(WebWatchProperties.COLLECTOR_RATE_LIMIT);
        this.limiter = rate == 0 ? null : new RateLimiter(rate, rate * BURST_SECONDS, ADDRESSES);
        this.watch = new OneAddressWatch();
        this.identifiesUsers = config.get(WebWatchProperties.PRIVACY_IDENTITY) == Identity.USER;
    }

    public OriginPolicy origins() {
        return origins;
    }

    public ClientAddresses addresses() {
        return addresses;
    }

    public OneAddressWatch watch() {
        return watch;
    }

    /** Nanoseconds until the client may send again; 0 when it may now. */
    long rateWait(ClientFacts client) {
        return limiter == null ? 0 : limiter.tryAcquire(client.address(), System.nanoTime() - startNanos);
    }

    public static int retryAfter(long waitNanos) {
        return (int) Math.min(3600, waitNanos / Duration.ofSeconds(1).toNanos() + 1);
    }

    ClientFacts facts(HttpServletRequest request) {
        String userAgent = request.getHeader("User-Agent");
        ClientFacts facts = new ClientFacts(
                addresses.clientOf(request),
                userAgent == null ? "" : cut(userAgent, MAX_USER_AGENT),
                cutOrNull(request.getHeader("Accept-Language")),
                addresses.hostOf(request),
                "1".equals(request.getHeader("Sec-GPC")),
                "1".equals(request.getHeader("DNT")),
                identifiesUsers ? request.getRemoteUser() : null);
        watch.saw(facts.address(), facts.userAgent());
        return facts;
    }

    private static @Nullable String cutOrNull(@Nullable String text) {
        return text == null ? null : cut(text, MAX_LANGUAGE);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
