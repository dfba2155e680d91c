package io.webwatch.servlet.internal.inject;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** Returns the path that the client requested, which an error page or an asynchronous dispatch replaces by its own. */
final class OriginalUri {
    private OriginalUri() {}

    static String of(HttpServletRequest request) {
        Object original = switch (request.getDispatcherType()) {
            case ERROR -> request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
            case ASYNC -> request.getAttribute(AsyncContext.ASYNC_REQUEST_URI);
            default -> null;
        };
        return original instanceof String uri ? uri : request.getRequestURI();
    }
}
