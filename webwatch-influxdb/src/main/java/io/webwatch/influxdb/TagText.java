package io.webwatch.influxdb;

/**
 * Converts texts to a form that all servers read as the same tag value. Line protocol has no escape for a line feed in a
 * tag or a backslash at its end, and servers disagree about a backslash before an escaped character.
 */
final class TagText {
    private static final char BACKSLASH_LIKE = '\u29f5';
    private static final char CONTROL_PICTURES = '\u2400';
    private static final char DELETE_PICTURE = '\u2421';

    private TagText() {}

    /** Returns the text itself if a tag can hold it, otherwise the text with look-alikes for the characters that it cannot. */
    static String portable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (replacement(text, i) != text.charAt(i)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(replacement(text, i));
        }
        return out.toString();
    }

    private static char replacement(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x20) {
            return (char) (CONTROL_PICTURES + c);
        }
        if (c == 0x7f) {
            return DELETE_PICTURE;
        }
        return c == '\\' && !isBeforeOrdinary(text, i) ? BACKSLASH_LIKE : c;
    }

    private static boolean isBeforeOrdinary(String text, int i) {
        if (i + 1 == text.length()) {
            return false;
        }
        char next = text.charAt(i + 1);
        return next != ',' && next != ' ' && next != '=' && next != '\\' && next != '"' && next > 0x20 && next != 0x7f;
    }
}
