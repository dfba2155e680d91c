package io.webwatch.servlet.internal.client;

import org.jspecify.annotations.Nullable;

/**
 * An IP address, parsed from text without resolving names. IPv4 addresses are stored as IPv4-mapped IPv6 addresses
 * (RFC 4291, 2.5.5.2), so that both notations of a peer are equal.
 */
record IpAddress(long high, long low) {
    private static final long MAPPED = 0xffff_0000_0000L;

    /** Returns whether this is an IPv4 address. */
    boolean isV4() {
        return high == 0 && (low >>> 32) == 0xffffL;
    }

    /** Parses an address, optionally in brackets and with a zone. Returns null if the text is not an address. */
    static @Nullable IpAddress parse(String text) {
        String address = text;
        if (address.startsWith("[") && address.endsWith("]")) {
            address = address.substring(1, address.length() - 1);
        }
        int zone = address.indexOf('%');
        if (zone >= 0) {
            address = address.substring(0, zone);
        }
        if (address.indexOf(':') < 0) {
            long v4 = parseV4(address, 0, address.length());
            return v4 < 0 ? null : new IpAddress(0, MAPPED | v4);
        }
        return parseV6(address);
    }

    /** Returns the 32 bits of an address in dotted notation, or -1. Does not allocate. */
    static long parseV4(String text, int from, int to) {
        long value = 0;
        int parts = 0;
        int part = -1;
        for (int i = from; i <= to; i++) {
            char c = i == to ? '.' : text.charAt(i);
            if (c == '.') {
                if (part < 0) {
                    return -1;
                }
                value = value << 8 | part;
                parts++;
                part = -1;
            } else if (c >= '0' && c <= '9') {
                // rejected because some parsers read a leading zero as octal
                if (part == 0) {
                    return -1;
                }
                part = (part < 0 ? 0 : part * 10) + (c - '0');
                if (part > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return parts == 4 ? value : -1;
    }

    private static @Nullable IpAddress parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] groups = new int[8];
        int head = groups(gap < 0 ? text : text.substring(0, gap), groups, 0, gap < 0);
        if (head < 0 || (gap < 0 && head != 8)) {
            return null;
        }
        if (gap >= 0) {
            int[] tail = new int[8];
            int count = groups(text.substring(gap + 2), tail, 0, true);
            if (count < 0 || head + count > 7) {
                return null;
            }
            System.arraycopy(tail, 0, groups, 8 - count, count);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return new IpAddress(high, low);
    }

    /** Returns the number of groups read, or -1. */
    private static int groups(String text, int[] groups, int first, boolean mayEndInV4) {
        if (text.isEmpty()) {
            return first;
        }
        int count = first;
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf(':', start);
            boolean last = end < 0;
            end = last ? text.length() : end;
            if (last && mayEndInV4 && text.indexOf('.', start) >= 0) {
                long v4 = parseV4(text, start, end);
                if (v4 < 0 || count > 6) {
                    return -1;
                }
                groups[count++] = (int) (v4 >>> 16);
                groups[count++] = (int) (v4 & 0xffff);
                return count;
            }
            int group = hex(text, start, end);
            if (group < 0 || count > 7) {
                return -1;
            }
            groups[count++] = group;
            start = end + 1;
            if (last) {
                return count;
            }
        }
        return -1;
    }

    private static int hex(String text, int from, int to) {
        if (to <= from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
