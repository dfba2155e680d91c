package io.webwatch.servlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A complete response that is ready to be sent. Immutable. */
public interface Reply {
    /** Sends the response as it is, with the status and headers that have already been set. */
    Reply PREPARED = response -> new byte[0];

    /**
     * Sets status and headers.
     *
     * @return the body, which may be empty
     * @throws IOException if the client has disconnected
     */
    byte[] head(HttpServletResponse response) throws IOException;

    /**
     * Sends the reply, blocking until the container has taken it.
     *
     * @throws IOException if the client has disconnected
     */
    default void send(HttpServletResponse response) throws IOException {
        byte[] body = head(response);
        if (body.length > 0) {
            response.getOutputStream().write(body);
        }
    }
}
