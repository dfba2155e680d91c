package io.webwatch.enrich;

import io.webwatch.event.EventContext.Acquisition;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Determines the channel of a visit from the address of the page and the host of the referrer. */
final class Channels {
    private static final Set<String> PAID = Set.of(
            "cpc",
            "ppc",
            "paid",
            "paidsearch",
            "paid_search",
            "paid_social",
            "cpm",
            "display",
            "retargeting",
            "banner");
    private static final Set<String> SOCIAL_MEDIUM = Set.of("social", "social-media", "social_media", "sm");
    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("google", "search"),
            Map.entry("bing", "search"),
            Map.entry("duckduckgo", "search"),
            Map.entry("yahoo", "search"),
            Map.entry("baidu", "search"),
            Map.entry("yandex", "search"),
            Map.entry("ecosia", "search"),
            Map.entry("qwant", "search"),
            Map.entry("startpage", "search"),
            Map.entry("kagi", "search"),
            Map.entry("naver", "search"),
            Map.entry("seznam", "search"),
            Map.entry("facebook", "social"),
            Map.entry("instagram", "social"),
            Map.entry("twitter", "social"),
            Map.entry("linkedin", "social"),
            Map.entry("reddit", "social"),
            Map.entry("pinterest", "social"),
            Map.entry("youtube", "social"),
            Map.entry("tiktok", "social"),
            Map.entry("threads", "social"),
            Map.entry("tumblr", "social"),
            Map.entry("vk", "social"),
            Map.entry("quora", "social"),
            Map.entry("mastodon", "social"),
            Map.entry("chatgpt", "ai"),
            Map.entry("openai", "ai"),
            Map.entry("perplexity", "ai"),
            Map.entry("claude", "ai"));
    private static final Map<String, String> BY_HOST = Map.of(
            "t.co", "social",
            "x.com", "social",
            "lnkd.in", "social",
            "bsky.app", "social",
            "news.ycombinator.com", "social",
            "search.brave.com", "search",
            "gemini.google.com", "ai",
            "copilot.microsoft.com", "ai",
            "mail.google.com", "email",
            "outlook.live.com", "email");

    private Channels() {}

    /**
     * Returns channel and campaign parameters.
     *
     * @param referrerHost host of the referrer; null if there is none or if it is that of the page
     */
    static Acquisition of(PageAddress page, @Nullable String referrerHost) {
        if (page.query().isEmpty()) {
            return new Acquisition(byReferrer(referrerHost), null, null, null, null, null);
        }
        String source = page.parameter("utm_source");
        String medium = page.parameter("utm_medium");
        String campaign = page.parameter("utm_campaign");
        return new Acquisition(
                channel(page, source, medium, campaign, referrerHost),
                source,
                medium,
                campaign,
                page.parameter("utm_term"),
                page.parameter("utm_content"));
    }

    private static String channel(
            PageAddress page,
            @Nullable String source,
            @Nullable String medium,
            @Nullable String campaign,
            @Nullable String referrerHost) {
        if (medium != null) {
            String lower = medium.toLowerCase(Locale.ROOT);
            if (PAID.contains(lower)) {
                return "paid";
            }
            if (lower.equals("email") || lower.equals("e-mail") || lower.equals("newsletter")) {
                return "email";
            }
            if (SOCIAL_MEDIUM.contains(lower)) {
                return "social";
            }
        }
        if (page.has("gclid") || page.has("msclkid")) {
            return "paid";
        }
        if (source != null || medium != null || campaign != null) {
            String known = source == null ? null : BY_NAME.get(source.toLowerCase(Locale.ROOT));
            return known == null ? "campaign" : known;
        }
        return page.has("fbclid") ? "social" : byReferrer(referrerHost);
    }

    private static String byReferrer(@Nullable String host) {
        if (host == null) {
            return "direct";
        }
        String bare = host.startsWith("www.") ? host.substring(4) : host;
        String exact = BY_HOST.get(bare);
        if (exact != null) {
            return exact;
        }
        for (int from = 0; from < bare.length(); ) {
            int dot = bare.indexOf('.', from);
            if (dot < 0) {
                break; // the top-level domain does not identify a service
            }
            String known = BY_NAME.get(bare.substring(from, dot));
            if (known != null) {
                return known;
            }
            from = dot + 1;
        }
        return "referral";
    }
}
