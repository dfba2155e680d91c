package io.webwatch.bytes;

/** Characters beyond ASCII as UTF-8, straight to bytes and always well-formed. Thread-safe. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * Writes the character from U+0080 on that begins there, in two to four bytes; a surrogate without its partner becomes
     * U+FFFD. Where it ends.
     */
    public static int put(String text, int index, byte[] target, int at) {
        char unit = text.charAt(index);
        if (unit < 0x800) {
            target[at] = (byte) (0xC0 | unit >> 6);
            target[at + 1] = (byte) (0x80 | unit & 0x3F);
            return at + 2;
        }
        if (isPair(text, index)) {
            int point = Character.toCodePoint(unit, text.charAt(index + 1));
            target[at] = (byte) (0xF0 | point >> 18);
            target[at + 1] = (byte) (0x80 | point >> 12 & 0x3F);
            target[at + 2] = (byte) (0x80 | point >> 6 & 0x3F);
            target[at + 3] = (byte) (0x80 | point & 0x3F);
            return at + 4;
        }
        if (Character.isSurrogate(unit)) {
            unit = REPLACEMENT;
        }
        target[at] = (byte) (0xE0 | unit >> 12);
        target[at + 1] = (byte) (0x80 | unit >> 6 & 0x3F);
        target[at + 2] = (byte) (0x80 | unit & 0x3F);
        return at + 3;
    }

    /** Whether the character that begins there takes two units, so that the next one begins after them. */
    public static boolean isPair(CharSequence text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }

    /** Returns the text with U+FFFD in place of every surrogate without a partner, which UTF-8 cannot encode. */
    public static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (isPair(text, i)) {
                    i++;
                } else {
                    return replaced(text);
                }
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            if (Character.isSurrogate(out.charAt(i))) {
                if (isPair(out, i)) {
                    i++;
                } else {
                    out.setCharAt(i, REPLACEMENT);
                }
            }
        }
        return out.toString();
    }
}
