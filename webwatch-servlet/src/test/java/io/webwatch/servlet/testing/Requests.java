package io.webwatch.servlet.testing;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Requests that only have a peer address and headers. */
public final class Requests {
    private Requests() {}

    /**
     * Returns a request from the given peer.
     *
     * @param headers names and values in turn; a name may occur several times
     */
    public static HttpServletRequest from(String peer, String... headers) {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getRemoteAddr()).thenReturn(peer);
        when(request.getHeader(anyString()))
                .thenAnswer(call -> values(headers, call.getArgument(0)).stream()
                        .findFirst()
                        .orElse(null));
        when(request.getHeaders(anyString()))
                .thenAnswer(call -> Collections.enumeration(values(headers, call.getArgument(0))));
        return request;
    }

    private static List<String> values(String[] headers, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                values.add(headers[i + 1]);
            }
        }
        return values;
    }
}
