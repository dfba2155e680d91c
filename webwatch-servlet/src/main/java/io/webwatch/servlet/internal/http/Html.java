package io.webwatch.servlet.internal.http;

/** Escapes text for HTML. */
public final class Html {
    private Html() {}

    /**
     * Escapes text for elements and quoted attribute values. The result is pure ASCII, so its bytes are the same in
     * every charset that is compatible with ASCII.
     */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' || c < 32 || c > 126) {
                escaped.append("&#").append(c).append(';');
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
