package io.webwatch.bytes;

/** Encodes characters beyond ASCII as well-formed UTF-8. Thread-safe. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * Writes a character above U+007F in two to four bytes. A surrogate without a partner becomes U+FFFD.
     *
     * @return the index after the last byte
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

    /** Returns whether a surrogate pair starts at an index. */
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
