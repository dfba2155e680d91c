package io.webwatch.servlet.internal.inject;

import io.webwatch.servlet.internal.http.EntityTags;
import io.webwatch.servlet.internal.http.FailureLog;
import io.webwatch.servlet.internal.http.MediaTypes;
import io.webwatch.servlet.internal.inject.HtmlPages.Outcome;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer that may be a page. What it is shows when its first byte is written; until then its length and entity tag
 * are the application's, from then on they are those of a page that carries the tag, or untouched. Not thread-safe, as
 * responses are.
 */
public final class InjectingResponse extends HttpServletResponseWrapper {
    private static final long UNKNOWN = -1;

    private enum State {
        UNDECIDED,
        PAGE,
        OTHER,
        DISCARDING
    }

    private final ScriptInjection injection;
    private final HttpServletRequest request;
    private final FailureLog failures;
    private State state = State.UNDECIDED;
    private long contentLength = UNKNOWN;
    private boolean xml;
    private boolean finished;
    private boolean direct;
    private @Nullable InjectingOutputStream stream;
    private @Nullable InjectingWriter encoder;
    private @Nullable PrintWriter writer;
    private @Nullable ServletOutputStream plainStream;

    public InjectingResponse(
            ScriptInjection injection, HttpServletRequest request, HttpServletResponse response, FailureLog failures) {
        super(response);
        this.injection = injection;
        this.request = request;
        this.failures = failures;
    }

    /** The one that a response is or wraps, or null. */
    public static @Nullable InjectingResponse within(ServletResponse response) {
        ServletResponse current = response;
        while (current instanceof ServletResponseWrapper wrapper) {
            if (wrapper instanceof InjectingResponse page) {
                return page;
            }
            current = wrapper.getResponse();
        }
        return null;
    }

    private HttpServletResponse http() {
        return (HttpServletResponse) getResponse();
    }

    /** Decides what the body is, just before its first byte; a scanner when it is a page. */
    @Nullable
    HtmlScanner begin() {
        decide();
        return state == State.PAGE ? new HtmlScanner(xml) : null;
    }

    private void decide() {
        if (state != State.UNDECIDED) {
            return;
        }
        state = State.OTHER;
        try {
            if (!isCommitted() && injection.takes(http())) {
                String contentType = getContentType();
                xml = contentType != null && ScriptInjection.isXml(contentType);
                String tag = http().getHeader("ETag");
                if (tag != null) {
                    http().setHeader("ETag", EntityTags.weak(tag)); // other bytes than those the tag was made for
                }
                state = State.PAGE;
            }
        } catch (RuntimeException | Error e) {
            failures.failed("look at an answer", e);
        }
        if (state == State.OTHER && contentLength != UNKNOWN) {
            http().setContentLengthLong(contentLength);
        }
    }

    /** The script tag, or nothing when the page has its own. */
    byte[] tag(HtmlScanner scanner) {
        try {
            if (scanner.trackerPresent()) {
                injection.pages().count(Outcome.PRESENT);
                return new byte[0];
            }
            byte[] tag = injection.tag(request, http(), scanner, xml);
            injection.pages().count(Outcome.INJECTED);
            return tag;
        } catch (RuntimeException | Error e) {
            failures.failed("write the script tag", e);
            return new byte[0];
        }
    }

    /** The page ended without a place for the tag. */
    void ended() {
        injection.pages().count(Outcome.NO_HEAD);
    }

    void failed(Throwable failure) {
        failures.failed("read a page", failure);
    }

    boolean isDiscarding() {
        return state == State.DISCARDING;
    }

    /** Sends on whatever is still here; the application has written all of its answer. */
    public void finish() throws IOException {
        if (finished || state == State.DISCARDING) {
            return;
        }
        finished = true;
        if (encoder != null) {
            encoder.drain();
        }
        if (stream != null && state != State.UNDECIDED) {
            stream.finish();
        }
        if (state == State.UNDECIDED && contentLength != UNKNOWN && !isCommitted()) {
            http().setContentLengthLong(contentLength);
        }
    }

    /** The answer goes on after the request's thread has left. */
    void goesAsync() throws IOException {
        direct = true;
        if (encoder != null) {
            encoder.direct();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (writer != null) {
            throw new IllegalStateException("getWriter() has already been called for this response");
        }
        if (stream == null) {
            if (plainStream != null || isKnownToBeOther()) {
                decide();
                plainStream = super.getOutputStream();
                return plainStream;
            }
            stream = new InjectingOutputStream(this, super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            if (stream == null && plainStream == null && isKnownToBeOther()) {
                decide();
                return super.getWriter();
            }
            if (stream != null || plainStream != null) {
                throw new IllegalStateException("getOutputStream() has already been called for this response");
            }
            // as a container's getWriter() does: from here on the charset is told and fixed
            String charset = getCharacterEncoding();
            super.setCharacterEncoding(charset);
            stream = new InjectingOutputStream(this, super.getOutputStream());
            encoder = new InjectingWriter(stream, Charset.forName(charset));
            if (direct) {
                encoder.direct();
            }
            writer = new PrintWriter(encoder);
        }
        return writer;
    }

    /** Whether the application has already said that this is no page; only then nothing stands between. */
    private boolean isKnownToBeOther() {
        String contentType = getContentType();
        return contentType != null && !ScriptInjection.isHtml(contentType);
    }

    @Override
    public void flushBuffer() throws IOException {
        if (encoder != null) {
            encoder.drain();
        }
        decide();
        super.flushBuffer();
    }

    @Override
    public void reset() {
        super.reset();
        forget();
        stream = null;
        encoder = null;
        writer = null;
        plainStream = null;
        contentLength = UNKNOWN;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        forget();
    }

    private void forget() {
        state = State.UNDECIDED;
        if (encoder != null) {
            encoder.discard();
        }
        if (stream != null) {
            stream.restart();
        }
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
        if (!isLength(name, value)) {
            super.setHeader(name, told(name, value));
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isLength(name, value)) {
            super.addHeader(name, told(name, value));
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!isLength(name, Integer.toString(value))) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!isLength(name, Integer.toString(value))) {
            super.addIntHeader(name, value);
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return super.containsHeader(name) || (contentLength != UNKNOWN && name.equalsIgnoreCase("Content-Length"));
    }

    private boolean isLength(String name, @Nullable String value) {
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

    private @Nullable String told(String name, @Nullable String value) {
        return state == State.PAGE && value != null && "etag".equals(name.toLowerCase(Locale.ROOT))
                ? EntityTags.weak(value)
                : value;
    }

    @Override
    public void setCharacterEncoding(String charset) {
        if (writer == null) {
            super.setCharacterEncoding(charset);
        }
    }

    @Override
    public void setContentType(String type) {
        super.setContentType(writer == null || type == null ? type : MediaTypes.typeOf(type));
    }
}
