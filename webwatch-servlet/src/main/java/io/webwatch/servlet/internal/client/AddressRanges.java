package io.webwatch.servlet.internal.client;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import java.util.ArrayList;
import java.util.List;

/** A set of addresses and CIDR ranges (RFC 4632, RFC 4291). Immutable. */
public final class AddressRanges {
    private record Range(long high, long low, long highMask, long lowMask) {
        boolean contains(IpAddress address) {
            return (address.high() & highMask) == high && (address.low() & lowMask) == low;
        }
    }

    private final Range[] ranges;

    private AddressRanges(List<Range> ranges) {
        this.ranges = ranges.toArray(Range[]::new);
    }

    /**
     * Returns the trusted proxies of {@code webwatch.collector.trusted-proxies}.
     *
     * @throws ConfigurationException if the property has a wrong value
     */
    public static AddressRanges trustedProxies(WebWatchConfig config) {
        return parse(
                WebWatchProperties.COLLECTOR_TRUSTED_PROXIES.name(),
                config.list(WebWatchProperties.COLLECTOR_TRUSTED_PROXIES));
    }

    /** Parses ranges; the single word {@code none} means an empty set. */
    static AddressRanges parse(String property, List<String> texts) {
        List<Range> ranges = new ArrayList<>();
        for (String text : texts) {
            if (!(texts.size() == 1 && text.equalsIgnoreCase("none"))) {
                ranges.add(range(property, text));
            }
        }
        return new AddressRanges(ranges);
    }

    private static Range range(String property, String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw wrong(property, text, "is not an address or CIDR range");
        }
        int width = address.isV4() && text.indexOf(':') < 0 ? 32 : 128;
        int prefix = width;
        if (slash >= 0) {
            try {
                prefix = Integer.parseInt(text.substring(slash + 1));
            } catch (NumberFormatException e) {
                throw wrong(property, text, "has no number after the slash");
            }
            if (prefix < 0 || prefix > width) {
                throw wrong(property, text, "has a prefix outside 0 to " + width);
            }
        }
        int bits = prefix + 128 - width;
        long highMask = mask(Math.min(bits, 64));
        long lowMask = mask(Math.max(bits - 64, 0));
        return new Range(address.high() & highMask, address.low() & lowMask, highMask, lowMask);
    }

    private static ConfigurationException wrong(String property, String text, String problem) {
        return new ConfigurationException(
                property, text, problem, "Give addresses or ranges such as 10.0.0.0/8 or fd00::/8, or none.");
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    /** Returns whether the text is an address within one of the ranges. */
    boolean contains(String text) {
        IpAddress address = IpAddress.parse(text);
        return address != null && contains(address);
    }

    boolean contains(IpAddress address) {
        for (Range range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
