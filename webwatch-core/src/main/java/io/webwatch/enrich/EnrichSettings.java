package io.webwatch.enrich;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.config.WebWatchProperties.PrivacySignal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration of enrichment. Immutable. */
record EnrichSettings(
        String site,
        int instance,
        Identity identity,
        @Nullable String secret,
        PrivacySignal gpc,
        PrivacySignal dnt,
        Set<String> queryParams,
        long sessionTimeoutMillis) {
    static EnrichSettings of(WebWatchConfig config) {
        return new EnrichSettings(
                config.get(WebWatchProperties.SITE),
                config.get(WebWatchProperties.INSTANCE),
                config.get(WebWatchProperties.PRIVACY_IDENTITY),
                config.find(WebWatchProperties.PRIVACY_SECRET).orElse(null),
                config.get(WebWatchProperties.PRIVACY_GPC),
                config.get(WebWatchProperties.PRIVACY_DNT),
                Set.copyOf(config.list(WebWatchProperties.PRIVACY_QUERY_PARAMS)),
                config.get(WebWatchProperties.SESSION_TIMEOUT).toMillis());
    }
}
