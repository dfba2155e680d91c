package io.webwatch.servlet.internal.inject;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether HTML tags have the same bytes in a charset as in ASCII, and no other text contains them. Thread-safe.
 */
final class AsciiCompatible {
    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();
    private static final int MAX_KNOWN = 200;

    private AsciiCompatible() {}

    static boolean test(@Nullable String charset) {
        if (charset == null || charset.equals("UTF-8") || charset.equals("ISO-8859-1")) {
            return true;
        }
        Boolean known = KNOWN.get(charset);
        if (known == null) {
            known = examine(charset);
            if (KNOWN.size() < MAX_KNOWN) {
                KNOWN.put(charset, known);
            }
        }
        return known;
    }

    private static boolean examine(String name) {
        // these encode other characters with bytes of ASCII characters
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("iso-2022") || lower.contains("utf-7") || lower.startsWith("hz")) {
            return false;
        }
        try {
            Charset charset = Charset.forName(name);
            if (charset.newEncoder().maxBytesPerChar() > 1 && charset.name().startsWith("UTF-")) {
                return charset.equals(StandardCharsets.UTF_8);
            }
            String markup = "<>/!-=\"' headbodyscript";
            return markup.equals(new String(markup.getBytes(charset), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return false;
        }
    }
}
