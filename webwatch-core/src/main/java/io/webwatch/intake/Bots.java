package io.webwatch.intake;

import io.webwatch.request.ClientFacts;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes bots from people, by what a user agent says about itself and by a header that every browser sends.
 * Thread-safe. For a known user agent, it costs one lookup in a hash map.
 */
final class Bots {
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

    /** Returns why the client is considered a bot, or null for a person. */
    @Nullable
    String reason(ClientFacts client) {
        String userAgent = client.userAgent();
        if (userAgent.isEmpty()) {
            return "no_user_agent";
        }
        String reason = known.get(userAgent);
        if (reason == null) {
            reason = marked(userAgent);
            if (known.size() < CACHE) { // a flood of made-up user agents costs time, but no memory
                known.put(userAgent, reason);
            }
        }
        if (!reason.equals(PERSON)) {
            return reason;
        }
        return client.acceptLanguage() == null ? "no_language" : null;
    }

    private static String marked(String userAgent) {
        String lower =
                userAgent.toLowerCase(Locale.ROOT).replace("cubot", ""); // a phone maker, whose name contains "bot"
        for (String[] mark : MARKS) {
            if (lower.contains(mark[0])) {
                return mark[1];
            }
        }
        return PERSON;
    }
}
