package io.webwatch.servlet.internal.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Determines which client sent a request that came through proxies. Immutable.
 *
 * <p>Forwarded headers are only used when the peer is a trusted proxy, and are read from the right. Each proxy
 * appends the address of its peer, so the first address from the right that is not a trusted proxy is the client,
 * whatever the client itself sent. {@code X-Forwarded-For} takes precedence over {@code Forwarded} (RFC 7239),
 * because proxies that only support the former pass on a {@code Forwarded} header from the client unchanged.
 */
public final class ClientAddresses {
    private static final int MAX_HOPS = 64;

    private final AddressRanges trusted;

    /** Creates an instance that believes forwarded headers of the given proxies. */
    public ClientAddresses(AddressRanges trusted) {
        this.trusted = trusted;
    }

    /** Returns whether the peer of the connection is a trusted proxy. */
    public boolean isTrustedPeer(HttpServletRequest request) {
        return trusted.contains(request.getRemoteAddr());
    }

    /** Returns the address of the client. */
    public String clientOf(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        boolean plain = request.getHeader("X-Forwarded-For") != null;
        if ((!plain && request.getHeader("Forwarded") == null) || !trusted.contains(peer)) {
            return peer;
        }
        List<String> hops = plain
                ? elements(request.getHeaders("X-Forwarded-For"))
                : parameters(request.getHeaders("Forwarded"), "for");
        String client = peer;
        for (int i = hops.size() - 1; i >= 0; i--) {
            String hop = withoutPort(hops.get(i));
            IpAddress address = IpAddress.parse(hop);
            if (address == null) {
                return client; // hidden, unknown or forged: the proxy that reported it is the last known one
            }
            client = hop;
            if (!trusted.contains(address)) {
                return client;
            }
        }
        return client;
    }

    /**
     * Returns the names under which the client may know this server: those forwarded by a trusted peer, then
     * {@code Host}.
     */
    public List<String> hostsOf(HttpServletRequest request) {
        List<String> hosts = new ArrayList<>(2);
        if ((request.getHeader("X-Forwarded-Host") != null || request.getHeader("Forwarded") != null)
                && isTrustedPeer(request)) {
            hosts.addAll(elements(request.getHeaders("X-Forwarded-Host")));
            hosts.addAll(parameters(request.getHeaders("Forwarded"), "host"));
        }
        String host = request.getHeader("Host");
        if (host != null) {
            hosts.add(host);
        }
        return hosts;
    }

    /** Returns the host as the client named it, without the port; null if it named none. */
    @Nullable
    public String hostOf(HttpServletRequest request) {
        if (request.getHeader("X-Forwarded-Host") == null && request.getHeader("Forwarded") == null) {
            String host = request.getHeader("Host");
            return host == null || host.isEmpty() ? null : withoutPort(host);
        }
        List<String> hosts = hostsOf(request);
        return hosts.isEmpty() ? null : withoutPort(hosts.get(0));
    }

    static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        // more than one colon is an IPv6 address without brackets
        return colon >= 0 && text.indexOf(':', colon + 1) < 0 ? text.substring(0, colon) : text;
    }

    private static List<String> elements(Enumeration<String> headers) {
        List<String> elements = new ArrayList<>();
        while (headers.hasMoreElements()) {
            for (String element : split(headers.nextElement(), ',')) {
                if (!element.isEmpty()) {
                    elements.add(element);
                }
            }
        }
        return lastOf(elements);
    }

    /** Returns the values of a parameter of {@code Forwarded}, one for each element that contains it. */
    private static List<String> parameters(Enumeration<String> headers, String name) {
        List<String> values = new ArrayList<>();
        while (headers.hasMoreElements()) {
            for (String element : split(headers.nextElement(), ',')) {
                for (String pair : split(element, ';')) {
                    int equals = pair.indexOf('=');
                    if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
                        values.add(unquoted(pair.substring(equals + 1).strip()));
                    }
                }
            }
        }
        return lastOf(values);
    }

    private static List<String> lastOf(List<String> hops) {
        return hops.size() <= MAX_HOPS ? hops : hops.subList(hops.size() - MAX_HOPS, hops.size());
    }

    /** Splits a text at a separator outside quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private static String unquoted(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length() - 1) {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }
}
