package io.webwatch.servlet.internal.inject;

import io.webwatch.servlet.internal.http.EntityTags;
import io.webwatch.servlet.internal.http.MediaTypes;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A response that may be a page. Whether it is one is decided when its first byte is written. Until then the content
 * length that the application sets is held back: a page gets none, because the tag changes it, and any other response
 * gets it unchanged. Not thread-safe, like any response.
 */
final class InjectingResponse extends HttpServletResponseWrapper {
    private static final long UNKNOWN = -1;

    private enum State {
        /** No byte of the body has been written. */
        UNDECIDED,
        /** The body is a page. */
        PAGE,
        /** The body passes through unchanged. */
        OTHER,
        /** The container sends an error or a redirect, and ignores further output. */
        DISCARDING
    }

    private final ScriptInjection injection;
    private final HttpServletRequest request;
    private final InjectingBody body = new InjectingBody(this);
    private State state = State.UNDECIDED;
    private long contentLength = UNKNOWN;
    private boolean finished;

    InjectingResponse(ScriptInjection injection, HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.injection = injection;
        this.request = request;
    }

    /** Returns the given response or one that it wraps, if it is an instance of this class, and null otherwise. */
    static @Nullable InjectingResponse within(ServletResponse response) {
        ServletResponse current = response;
        while (current instanceof ServletResponseWrapper wrapper) {
            if (wrapper instanceof InjectingResponse page) {
                return page;
            }
            current = wrapper.getResponse();
        }
        return null;
    }

    /** Returns the container's response. */
    HttpServletResponse http() {
        return (HttpServletResponse) getResponse();
    }

    /** Decides what the body is, just before its first byte. Returns a scanner if it is a page, and null otherwise. */
    @Nullable
    HtmlScanner begin() {
        decide();
        return state == State.PAGE ? new HtmlScanner(ScriptInjection.isXml(getContentType())) : null;
    }

    void decide() {
        if (state != State.UNDECIDED) {
            return;
        }
        state = injection.begins(http()) ? State.PAGE : State.OTHER;
        if (state == State.OTHER && contentLength != UNKNOWN) {
            http().setContentLengthLong(contentLength);
        }
    }

    /** Returns the script tag; empty if the page already contains it. */
    byte[] tag(HtmlScanner scanner) {
        return injection.tag(request, http(), scanner);
    }

    void foundNoPlace() {
        injection.foundNoPlace();
    }

    void scanFailed(Throwable failure) {
        injection.scanFailed(failure);
    }

    boolean isDiscarding() {
        return state == State.DISCARDING;
    }

    /** Returns whether the application has set a content type that is not HTML. Its body then needs no wrapper. */
    boolean isKnownToBeOther() {
        String contentType = getContentType();
        return contentType != null && !PageRules.isHtml(contentType);
    }

    /** Sends what is still held back. Called when the application has written its whole response. */
    void finish() throws IOException {
        if (finished || state == State.DISCARDING) {
            return;
        }
        finished = true;
        body.drain();
        if (state != State.UNDECIDED) {
            body.finish();
        } else if (contentLength != UNKNOWN && !isCommitted()) {
            http().setContentLengthLong(contentLength);
        }
    }

    /** Prepares for output after the request's thread has returned to the container. */
    void startAsync() throws IOException {
        body.writeThrough();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return body.outputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        return body.writer();
    }

    @Override
    public void flushBuffer() throws IOException {
        body.drain();
        decide();
        super.flushBuffer();
    }

    @Override
    public void reset() {
        super.reset();
        state = State.UNDECIDED;
        contentLength = UNKNOWN;
        body.reset();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        state = State.UNDECIDED;
        body.resetBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        super.sendError(status);
        state = State.DISCARDING;
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        super.sendError(status, message);
        state = State.DISCARDING;
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        super.sendRedirect(location);
        state = State.DISCARDING;
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        contentLength = length;
        if (state == State.OTHER) {
            super.setContentLengthLong(length);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        if (!isHeldLength(name, value)) {
            super.setHeader(name, adapted(name, value));
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isHeldLength(name, value)) {
            super.addHeader(name, adapted(name, value));
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!isHeldLength(name, Integer.toString(value))) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!isHeldLength(name, Integer.toString(value))) {
            super.addIntHeader(name, value);
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return super.containsHeader(name) || (contentLength != UNKNOWN && name.equalsIgnoreCase("Content-Length"));
    }

    /** Returns whether the header was a content length, which has been held back. */
    private boolean isHeldLength(String name, @Nullable String value) {
        if (name == null || !name.equalsIgnoreCase("Content-Length") || state == State.OTHER) {
            return false;
        }
        try {
            setContentLengthLong(value == null ? UNKNOWN : Long.parseLong(value.strip()));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private @Nullable String adapted(String name, @Nullable String value) {
        return state == State.PAGE && value != null && name.equalsIgnoreCase("ETag") ? EntityTags.weak(value) : value;
    }

    @Override
    public void setCharacterEncoding(String charset) {
        if (!body.hasWriter()) {
            super.setCharacterEncoding(charset);
        }
    }

    @Override
    public void setContentType(String type) {
        super.setContentType(!body.hasWriter() || type == null ? type : MediaTypes.typeOf(type));
    }
}
