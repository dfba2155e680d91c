package io.webwatch.query;

/** A question that was not answered. The message is a sentence for the one who asked. */
public final class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The store cannot answer such a question. */
        UNSUPPORTED,
        /** The store is not open now, or failed; asking again may help. */
        UNAVAILABLE,
        /** It took too long. */
        TIMEOUT
    }

    private final Reason reason;

    public QueryException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public QueryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why the question was not answered. */
    public Reason reason() {
        return reason;
    }
}
