package io.webwatch.servlet;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.servlet.internal.client.AddressRanges;
import io.webwatch.servlet.internal.client.ClientAddresses;
import io.webwatch.servlet.internal.client.RateLimiter;
import io.webwatch.servlet.internal.collect.Admission;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP Basic with one user. Compares digests in constant time, and lets an address that keeps failing wait: five attempts
 * at once, then one in ten seconds.
 */
final class BasicDashboardAccess implements DashboardAccess {
    private static final Logger LOG = LoggerFactory.getLogger(BasicDashboardAccess.class);
    private static final String CHALLENGE = "Basic realm=\"WebWatch\", charset=\"UTF-8\"";
    private static final double FAILURES_PER_SECOND = 0.1;
    private static final int FAILURES_AT_ONCE = 5;
    private static final int ADDRESSES = 4_096;
    private static final int GENERATED_BYTES = 15;
    private static final int MAX_HEADER = 1_024;

    private final byte[] expected;
    private final ClientAddresses addresses;
    private final RateLimiter failures = new RateLimiter(FAILURES_PER_SECOND, FAILURES_AT_ONCE, ADDRESSES);
    private final long startNanos = System.nanoTime() - 1;

    private BasicDashboardAccess(String username, String password, ClientAddresses addresses) {
        this.expected = digest((username + ':' + password).getBytes(StandardCharsets.UTF_8));
        this.addresses = addresses;
    }

    static DashboardAccess of(WebWatchConfig config) {
        String username = config.get(WebWatchProperties.DASHBOARD_USERNAME);
        String password =
                config.find(WebWatchProperties.DASHBOARD_PASSWORD).orElseGet(() -> generated(config, username));
        return new BasicDashboardAccess(username, password, new ClientAddresses(AddressRanges.trustedProxies(config)));
    }

    private static String generated(WebWatchConfig config, String username) {
        byte[] random = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        LOG.warn(
                "WebWatch dashboard at {}/ (below the context path): user {}, generated password {}; set"
                        + " webwatch.dashboard.password to choose your own.",
                config.get(WebWatchProperties.PATH),
                username,
                password);
        return password;
    }

    @Override
    public Decision check(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6) || header.length() > MAX_HEADER) {
            return Decision.challenge(CHALLENGE);
        }
        String client = addresses.clientOf(request);
        long now = System.nanoTime() - startNanos;
        long wait = failures.waitFor(client, now);
        if (wait > 0) {
            // the right password waits too, else the answer would tell it
            return Decision.throttle(Admission.retryAfter(wait));
        }
        byte[] credentials;
        try {
            credentials = Base64.getDecoder().decode(header.substring(6).strip());
        } catch (IllegalArgumentException e) {
            credentials = new byte[0];
        }
        if (MessageDigest.isEqual(digest(credentials), expected)) {
            return Decision.allow();
        }
        failures.tryAcquire(client, now);
        return Decision.challenge(CHALLENGE);
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
