package io.webwatch.servlet.internal.inject;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place for the script tag in HTML that arrives in pieces: before the first {@code </head} or {@code <body}
 * outside comments, raw text, attribute values and templates. Implements the tokenizer of the HTML standard (13.2.5)
 * as far as it determines what is a tag, and works on the bytes of any encoding that is compatible with ASCII.
 *
 * <p>Also records what the script tag depends on: a {@code nonce} of the page's own tags, a {@code <base>}, and
 * whether the page already contains the tracker. Not thread-safe.
 */
final class HtmlScanner {
    private static final int MAX_NAME = 16;
    private static final int MAX_VALUE = 1_024;
    private static final Set<String> RAW_TEXT =
            Set.of("script", "style", "title", "textarea", "noscript", "iframe", "xmp", "noembed", "noframes");
    private static final Set<String> WATCHED = Set.of("script", "style", "link");

    private enum State {
        DATA,
        TAG_OPEN,
        END_TAG_OPEN,
        NAME,
        ATTRIBUTES,
        BEFORE_VALUE,
        DOUBLE_QUOTED,
        SINGLE_QUOTED,
        UNQUOTED,
        MARKUP,
        BOGUS,
        COMMENT,
        CDATA,
        RAW,
        RAW_OPEN
    }

    private final boolean xml;
    private State state = State.DATA;
    private long position;
    private long tagStart;
    private boolean closing;
    private boolean selfClosing;
    private int templates;

    private final byte[] name = new byte[MAX_NAME];
    private int nameLength;
    private String tag = "";

    private final StringBuilder attribute = new StringBuilder(MAX_NAME);
    private boolean attributeDone;
    private boolean watching;
    private final StringBuilder value = new StringBuilder();

    private final StringBuilder markup = new StringBuilder(8);
    private int dashes;
    private int brackets;
    private String rawName = "";
    private boolean escaped;
    private boolean doubleEscaped;

    private @Nullable String nonce;
    private boolean base;
    private boolean present;

    /**
     * Creates a scanner for one page.
     *
     * @param xml whether the page is XHTML, in which a tag can close itself and CDATA sections exist
     */
    HtmlScanner(boolean xml) {
        this.xml = xml;
    }

    /** Returns whether the page is XHTML. */
    boolean isXml() {
        return xml;
    }

    /** Returns the nonce of the last script, style or link tag that has one, or null. */
    @Nullable
    String nonce() {
        return nonce;
    }

    /** Returns whether the page has a {@code <base>}, which changes the meaning of relative addresses. */
    boolean hasBase() {
        return base;
    }

    /** Returns whether the page already contains the tracker's tag. */
    boolean trackerPresent() {
        return present;
    }

    /**
     * Reads the next piece of the page.
     *
     * @return the place for the script tag as a distance from {@code from}, which is negative if the place is in the
     *     bytes held back before; {@link Integer#MIN_VALUE} if the place has not been found yet
     */
    int scan(byte[] bytes, int from, int to) {
        long start = position - from;
        int i = from;
        while (i < to) {
            if (state == State.DATA) {
                while (i < to && bytes[i] != '<') {
                    i++;
                }
                if (i < to) {
                    tagStart = start + i;
                    state = State.TAG_OPEN;
                    i++;
                }
            } else {
                if (consumed((char) (bytes[i] & 0xff))) {
                    i++;
                } else if (state == State.ATTRIBUTES && isPlace()) {
                    int place = (int) (tagStart - position);
                    position = start + i;
                    return place;
                }
            }
        }
        position = start + to;
        return Integer.MIN_VALUE;
    }

    /** Returns how many of the bytes read last may begin the tag before which the script tag is inserted. */
    int held() {
        boolean open = state == State.TAG_OPEN || state == State.END_TAG_OPEN;
        boolean couldBe = state == State.NAME && templates == 0 && startsLike(closing ? "head" : "body");
        return open || couldBe ? (int) (position - tagStart) : 0;
    }

    private boolean startsLike(String wanted) {
        if (nameLength > wanted.length()) {
            return false;
        }
        for (int i = 0; i < nameLength; i++) {
            if (name[i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isPlace() {
        return templates == 0 && attribute.length() == 0 && !attributeDone && tag.equals(closing ? "head" : "body");
    }

    /** Processes one character. Returns false if it must be processed again in the new state. */
    private boolean consumed(char c) {
        return switch (state) {
            case TAG_OPEN -> tagOpen(c);
            case END_TAG_OPEN -> endTagOpen(c);
            case NAME -> name(c);
            case ATTRIBUTES -> attributes(c);
            case BEFORE_VALUE -> beforeValue(c);
            case DOUBLE_QUOTED -> quoted(c, '"');
            case SINGLE_QUOTED -> quoted(c, '\'');
            case UNQUOTED -> unquoted(c);
            case MARKUP -> markup(c);
            case BOGUS -> bogus(c);
            case COMMENT -> comment(c);
            case CDATA -> cdata(c);
            case RAW -> raw(c);
            case RAW_OPEN -> rawOpen(c);
            case DATA -> throw new IllegalStateException("scan() reads data itself");
        };
    }

    private boolean tagOpen(char c) {
        if (isLetter(c)) {
            startName(false);
            return false;
        }
        if (c == '/') {
            state = State.END_TAG_OPEN;
            return true;
        }
        if (c == '!') {
            markup.setLength(0);
            state = State.MARKUP;
            return true;
        }
        if (c == '?') {
            state = State.BOGUS;
            return true;
        }
        state = State.DATA;
        return false;
    }

    private boolean endTagOpen(char c) {
        if (isLetter(c)) {
            startName(true);
            return false;
        }
        state = c == '>' ? State.DATA : State.BOGUS;
        return true;
    }

    private void startName(boolean closingTag) {
        closing = closingTag;
        nameLength = 0;
        state = State.NAME;
    }

    private boolean name(char c) {
        if (!endsName(c)) {
            if (nameLength < MAX_NAME) {
                name[nameLength++] = (byte) lower(c);
            }
            return true;
        }
        tag = new String(name, 0, nameLength, StandardCharsets.ISO_8859_1);
        attribute.setLength(0);
        attributeDone = false;
        selfClosing = false;
        watching = !closing && WATCHED.contains(tag);
        if (tag.equals("base")) {
            base = true;
        } else if (tag.equals("template")) {
            templates = Math.max(0, templates + (closing ? -1 : 1));
        }
        state = State.ATTRIBUTES;
        return false;
    }

    private boolean attributes(char c) {
        if (c == '>') {
            endTag();
        } else if (c == '=' && attribute.length() > 0) {
            value.setLength(0);
            state = State.BEFORE_VALUE;
        } else if (isSpace(c) || c == '/') {
            attributeDone = true;
            selfClosing = c == '/';
        } else {
            if (attributeDone) {
                attribute.setLength(0);
                attributeDone = false;
            }
            selfClosing = false;
            if (attribute.length() < MAX_NAME) {
                attribute.append((char) lower(c));
            }
        }
        return true;
    }

    private boolean beforeValue(char c) {
        if (isSpace(c)) {
            return true;
        }
        if (c == '"' || c == '\'') {
            state = c == '"' ? State.DOUBLE_QUOTED : State.SINGLE_QUOTED;
            return true;
        }
        state = State.UNQUOTED;
        return false;
    }

    private boolean quoted(char c, char quote) {
        if (c == quote) {
            endValue();
        } else {
            keep(c);
        }
        return true;
    }

    private boolean unquoted(char c) {
        if (isSpace(c) || c == '>') {
            endValue();
            return false;
        }
        keep(c);
        return true;
    }

    private void keep(char c) {
        if (watching && value.length() < MAX_VALUE) {
            value.append(c);
        }
    }

    private void endValue() {
        if (watching) {
            String name = attribute.toString();
            if (name.equals("nonce") && value.length() > 0 && value.length() < MAX_VALUE) {
                nonce = value.toString();
            } else if (name.equals("src") && tag.equals("script")) {
                present |= isTracker(value.toString().strip());
            }
        }
        attributeDone = true;
        selfClosing = false;
        state = State.ATTRIBUTES;
    }

    private static boolean isTracker(String src) {
        int end = src.length();
        for (int i = 0; i < src.length(); i++) {
            if (src.charAt(i) == '?' || src.charAt(i) == '#') {
                end = i;
                break;
            }
        }
        return src.substring(src.lastIndexOf('/', end - 1) + 1, end)
                .toLowerCase(Locale.ROOT)
                .equals("ww.js");
    }

    private void endTag() {
        state = State.DATA;
        if (!closing && !(xml && selfClosing) && RAW_TEXT.contains(tag)) {
            rawName = tag;
            escaped = false;
            doubleEscaped = false;
            dashes = 0;
            state = State.RAW;
        }
    }

    private boolean markup(char c) {
        if (c == '>') {
            state = State.DATA;
            return true;
        }
        markup.append(c);
        String text = markup.toString();
        if (text.equals("--")) {
            dashes = 2; // "<!-->" is a whole comment
            state = State.COMMENT;
        } else if (xml && text.equals("[CDATA[")) {
            brackets = 0;
            state = State.CDATA;
        } else if (!"--".startsWith(text) && !(xml && "[CDATA[".startsWith(text))) {
            state = State.BOGUS;
        }
        return true;
    }

    private boolean bogus(char c) {
        state = c == '>' ? State.DATA : state;
        return true;
    }

    private boolean comment(char c) {
        if (c == '-') {
            dashes++;
        } else if (c == '>' && dashes >= 2) {
            state = State.DATA;
        } else if (c != '!' || dashes < 2) { // "--!>" ends a comment too
            dashes = 0;
        }
        return true;
    }

    private boolean cdata(char c) {
        if (c == '>' && brackets >= 2) {
            state = State.DATA;
        } else {
            brackets = c == ']' ? brackets + 1 : 0;
        }
        return true;
    }

    private boolean raw(char c) {
        if (c == '<') {
            markup.setLength(0);
            state = State.RAW_OPEN;
        } else if (c == '-') {
            dashes++;
            return true;
        } else if (c == '>' && dashes >= 2) {
            escaped = false;
            doubleEscaped = false;
        }
        dashes = 0;
        return true;
    }

    /**
     * Processes what follows {@code <} in raw text: the end tag, or in a script the states that the standard calls
     * escaped.
     */
    private boolean rawOpen(char c) {
        boolean script = rawName.equals("script");
        if (markup.length() > 0 && endsName(c)) {
            String text = markup.toString();
            if (text.equals("/" + rawName)) {
                if (!doubleEscaped) {
                    closeRaw();
                    return false;
                }
                doubleEscaped = false;
            } else if (script && escaped && text.equals("script")) {
                doubleEscaped = true;
            }
            state = State.RAW;
            return false;
        }
        markup.append((char) lower(c));
        String text = markup.toString();
        if (script && text.equals("!--")) {
            escaped = true;
            dashes = 2;
            state = State.RAW;
        } else if (!("/" + rawName).startsWith(text)
                && !(script && ("!--".startsWith(text) || "script".startsWith(text)))) {
            state = State.RAW;
            return c != '<' && c != '-';
        }
        return true;
    }

    private void closeRaw() {
        closing = true;
        watching = false;
        tag = rawName;
        attribute.setLength(0);
        attributeDone = true;
        state = State.ATTRIBUTES;
    }

    private static boolean endsName(char c) {
        return isSpace(c) || c == '/' || c == '>';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
