package io.webwatch.intake;

import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells programs from people by what a user agent says of itself and by what every browser sends. Thread-safe; a
 * look-up for a known user agent costs a hash.
 */
public final class Bots {
    private static final int CACHE = 1_024;
    private static final String PERSON = "";
    private static final String[][] MARKS = {
        {"headless", "automation"},
        {"phantomjs", "automation"},
        {"selenium", "automation"},
        {"puppeteer", "automation"},
        {"playwright", "automation"},
        {"lighthouse", "monitor"},
        {"pingdom", "monitor"},
        {"uptime", "monitor"},
        {"statuscake", "monitor"},
        {"bot", "crawler"},
        {"crawl", "crawler"},
        {"spider", "crawler"},
        {"slurp", "crawler"},
        {"facebookexternalhit", "crawler"},
        {"preview", "crawler"},
        {"curl/", "http_client"},
        {"wget/", "http_client"},
        {"python", "http_client"},
        {"java/", "http_client"},
        {"java-http-client", "http_client"},
        {"httpclient", "http_client"},
        {"okhttp", "http_client"},
        {"go-http", "http_client"},
        {"node-fetch", "http_client"},
        {"axios", "http_client"},
    };

    private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();

    /** Why the client is taken for a program, or null for a person. */
    public @Nullable String reason(ClientFacts client) {
        String userAgent = client.userAgent();
        if (userAgent.isEmpty()) {
            return "no_user_agent";
        }
        String reason = known.get(userAgent);
        if (reason == null) {
            reason = marked(userAgent);
            if (known.size() < CACHE) { // beyond it the scan is paid again; a flood of invented names costs no memory
                known.put(userAgent, reason);
            }
        }
        if (!reason.equals(PERSON)) {
            return reason;
        }
        return client.acceptLanguage() == null ? "no_language" : null;
    }

    private static String marked(String userAgent) {
        String lower = userAgent.toLowerCase(Locale.ROOT).replace("cubot", ""); // a maker of telephones
        for (String[] mark : MARKS) {
            if (lower.contains(mark[0])) {
                return mark[1];
            }
        }
        return PERSON;
    }
}
