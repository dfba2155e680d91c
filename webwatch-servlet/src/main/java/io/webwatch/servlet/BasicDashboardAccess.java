package io.webwatch.servlet;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.runtime.TimeSource;
import io.webwatch.servlet.internal.client.AddressRanges;
import io.webwatch.servlet.internal.client.ClientAddresses;
import io.webwatch.servlet.internal.client.RateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP Basic with one user. Compares digests in constant time. An address may fail five times at once, then once in ten
 * seconds. Thread-safe.
 */
final class BasicDashboardAccess implements DashboardAccess {
    private static final Logger LOG = LoggerFactory.getLogger(BasicDashboardAccess.class);
    private static final String CHALLENGE = "Basic realm=\"WebWatch\", charset=\"UTF-8\"";
    private static final String SCHEME = "Basic ";
    private static final double FAILURES_PER_SECOND = 0.1;
    private static final int FAILURES_AT_ONCE = 5;
    private static final int ADDRESSES = 4_096;
    private static final int GENERATED_BYTES = 15;
    private static final int MAX_HEADER = 1_024;

    private final byte[] expected;
    private final ClientAddresses addresses;
    private final RateLimiter failures;

    private BasicDashboardAccess(String username, String password, ClientAddresses addresses, TimeSource time) {
        this.expected = digest((username + ':' + password).getBytes(StandardCharsets.UTF_8));
        this.addresses = addresses;
        this.failures = new RateLimiter(FAILURES_PER_SECOND, FAILURES_AT_ONCE, ADDRESSES, time);
    }

    static DashboardAccess of(WebWatchConfig config, TimeSource time) {
        String username = config.get(WebWatchProperties.DASHBOARD_USERNAME);
        String password =
                config.find(WebWatchProperties.DASHBOARD_PASSWORD).orElseGet(() -> generated(config, username));
        ClientAddresses addresses = new ClientAddresses(AddressRanges.trustedProxies(config));
        return new BasicDashboardAccess(username, password, addresses, time);
    }

    private static String generated(WebWatchConfig config, String username) {
        byte[] random = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        LOG.warn(
                "The WebWatch dashboard is at {}/ (below the context path). Sign in as user {} with the generated"
                        + " password {}; set webwatch.dashboard.password to choose the password.",
                config.get(WebWatchProperties.PATH),
                username,
                password);
        return password;
    }

    @Override
    public Decision check(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null
                || header.length() > MAX_HEADER
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Decision.challenge(CHALLENGE);
        }
        String client = addresses.clientOf(request);
        long wait = failures.waitFor(client);
        if (wait > 0) {
            // applies to the correct password too, because a different answer would reveal it
            return Decision.throttle(RateLimiter.retryAfter(wait));
        }
        if (MessageDigest.isEqual(digest(credentials(header)), expected)) {
            return Decision.allow();
        }
        failures.tryAcquire(client);
        return Decision.challenge(CHALLENGE);
    }

    private static byte[] credentials(String header) {
        try {
            return Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform supports SHA-256.", e);
        }
    }
}
