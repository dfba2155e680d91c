package io.webwatch.servlet.internal.inject;

import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the nonce of a page's Content Security Policy (CSP Level 3, 2.3.1). */
final class ContentSecurityPolicy {
    private static final Pattern SCRIPT_NONCE =
            Pattern.compile("(?i)(?:^|[;,])\\s*script-src(?:-elem)?\\s[^;,]*'nonce-([A-Za-z0-9+/_-]+={0,2})'");
    private static final Pattern ANY_NONCE =
            Pattern.compile("(?i)(?:^|[;,])\\s*default-src\\s[^;,]*'nonce-([A-Za-z0-9+/_-]+={0,2})'");

    private ContentSecurityPolicy() {}

    static @Nullable String nonce(HttpServletResponse response) {
        for (String policy : response.getHeaders("Content-Security-Policy")) {
            Matcher script = SCRIPT_NONCE.matcher(policy);
            if (script.find()) {
                return script.group(1);
            }
            Matcher any = ANY_NONCE.matcher(policy);
            if (any.find()) {
                return any.group(1);
            }
        }
        return null;
    }
}
