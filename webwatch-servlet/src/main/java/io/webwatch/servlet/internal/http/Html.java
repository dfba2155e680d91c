package io.webwatch.servlet.internal.http;

/** Text in HTML. */
public final class Html {
    private Html() {}

    /** For elements and quoted attribute values; pure ASCII, so that it reads the same in any such charset. */
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
