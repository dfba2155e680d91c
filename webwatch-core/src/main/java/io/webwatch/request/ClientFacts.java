package io.webwatch.request;

import org.jspecify.annotations.Nullable;

/**
 * What the server itself knows about the client of a request. Immutable. The address is used only to compute the
 * visitor's pseudonym and is never stored.
 *
 * @param address address of the client; behind trusted proxies, the one that they forward
 * @param userAgent the {@code User-Agent} header, truncated to 512 characters; empty if absent
 * @param acceptLanguage the {@code Accept-Language} header, or null
 * @param host host of the request as the client addressed it, or null
 * @param gpc whether the client sent {@code Sec-GPC: 1}
 * @param dnt whether the client sent {@code DNT: 1}
 * @param user the host application's signed-in user, or null
 */
public record ClientFacts(
        String address,
        String userAgent,
        @Nullable String acceptLanguage,
        @Nullable String host,
        boolean gpc,
        boolean dnt,
        @Nullable String user) {
    /** Stands for the application itself, as the source of events without a visitor. */
    public static final ClientFacts APPLICATION = new ClientFacts("", "", null, null, false, false, null);

    /** Returns the user agent only: address and user are personal data, which must not reach a log. */
    @Override
    public String toString() {
        return "ClientFacts[" + userAgent + "]";
    }
}
