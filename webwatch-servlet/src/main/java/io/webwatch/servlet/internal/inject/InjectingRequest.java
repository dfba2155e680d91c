package io.webwatch.servlet.internal.inject;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Passes the wrapped response to asynchronous contexts, where the container would use its own. */
final class InjectingRequest extends HttpServletRequestWrapper {
    private final InjectingResponse response;

    InjectingRequest(HttpServletRequest request, InjectingResponse response) {
        super(request);
        this.response = response;
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest servletRequest, ServletResponse servletResponse) {
        AsyncContext context = super.startAsync(servletRequest, servletResponse);
        try {
            response.startAsync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new InjectingAsyncContext(context, response);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new InjectingAsyncContext(super.getAsyncContext(), response);
    }
}
