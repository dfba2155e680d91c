package io.webwatch.intake;

import org.jspecify.annotations.Nullable;

/**
 * What the server itself knows about a request. Immutable. The address is used for the visitor's pseudonym alone and is
 * forgotten with the submission.
 *
 * @param address of the client, behind trusted proxies
 * @param userAgent header, cut at 512 characters; empty when absent
 * @param acceptLanguage header, or null
 * @param host of the request, as the client named it, or null
 * @param gpc whether {@code Sec-GPC: 1} was sent
 * @param dnt whether {@code DNT: 1} was sent
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
    /** The application itself, for events that it publishes without a visitor. */
    public static final ClientFacts APPLICATION = new ClientFacts("", "", null, null, false, false, null);

    @Override
    public String toString() {
        return "ClientFacts[" + userAgent + "]";
    }
}
