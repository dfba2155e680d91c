package io.webwatch.servlet.internal.collect;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.request.ClientFacts;
import io.webwatch.runtime.TimeSource;
import io.webwatch.servlet.internal.client.AddressRanges;
import io.webwatch.servlet.internal.client.ClientAddresses;
import io.webwatch.servlet.internal.client.RateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the origin and rate of requests to the public endpoints, and extracts what is known about the client.
 * Thread-safe.
 */
public final class Admission {
    private static final int BURST_SECONDS = 10;
    private static final int ADDRESSES = 16_384;
    private static final int MAX_USER_AGENT = 512;
    private static final int MAX_LANGUAGE = 256;

    private final OriginPolicy origins;
    private final ClientAddresses addresses;
    private final @Nullable RateLimiter limiter;
    private final OneAddressWatch watch = new OneAddressWatch();
    private final boolean identifiesUsers;

    /**
     * Creates the checks of a configuration.
     *
     * @throws io.webwatch.config.ConfigurationException if a property of the collector has a wrong value
     */
    public Admission(WebWatchConfig config) {
        this(config, TimeSource.SYSTEM);
    }

    Admission(WebWatchConfig config, TimeSource time) {
        this.addresses = new ClientAddresses(AddressRanges.trustedProxies(config));
        this.origins = new OriginPolicy(config, addresses);
        int rate = config.get(WebWatchProperties.COLLECTOR_RATE_LIMIT);
        this.limiter = rate == 0 ? null : new RateLimiter(rate, rate * BURST_SECONDS, ADDRESSES, time);
        this.identifiesUsers = config.get(WebWatchProperties.PRIVACY_IDENTITY) == Identity.USER;
    }

    /** Returns whether pages of other origins may use this server. */
    public boolean allowsOtherOrigins() {
        return origins.allowsOthers();
    }

    /** Returns the addresses of clients, as configured by the trusted proxies. */
    public ClientAddresses addresses() {
        return addresses;
    }

    /** Returns sentences about suspicious traffic for the status; usually none. */
    public List<String> warnings() {
        return watch.warnings();
    }

    OriginPolicy origins() {
        return origins;
    }

    /** Returns the nanoseconds until the client may send its next request; 0 if it may do so now. */
    long rateWait(ClientFacts client) {
        return limiter == null ? 0 : limiter.tryAcquire(client.address());
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

    private static String cut(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength);
    }
}
