package io.webwatch.enrich;

import io.webwatch.event.EventContext.Acquisition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is derived from the addresses of a page and its referrer. Immutable.
 *
 * @param address address of the page with the allowed query parameters
 * @param route template of the page's path, used if the server did not provide one
 * @param referrer host and path; null if there is none or if it has the same host as the page
 */
record Landing(PageAddress address, String route, @Nullable String referrer, Acquisition acquisition) {
    /**
     * Parses both addresses.
     *
     * @param allowed names of the query parameters that are part of the page's identity
     */
    static Landing of(String url, @Nullable String referrer, Set<String> allowed) {
        PageAddress address = PageAddress.parse(url, allowed);
        PageAddress from = foreign(referrer, address);
        return new Landing(
                address,
                Routes.normalise(address.bare()),
                from == null ? null : from.host() + from.bare(),
                Channels.of(address, from == null ? null : from.host()));
    }

    private static @Nullable PageAddress foreign(@Nullable String referrer, PageAddress address) {
        if (referrer == null || referrer.isEmpty()) {
            return null;
        }
        PageAddress parsed = PageAddress.parse(referrer, Set.of());
        return parsed.host() == null || parsed.host().equals(address.host()) ? null : parsed;
    }
}
