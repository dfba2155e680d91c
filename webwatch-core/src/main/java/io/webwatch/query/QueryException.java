package io.webwatch.query;

/** Thrown when a query cannot be answered. The message is a sentence for the user. */
public final class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kind of failure. */
    public enum Reason {
        /** The store does not support the query. */
        UNSUPPORTED,
        /** The store is not available, or failed. A later attempt may succeed. */
        UNAVAILABLE,
        /** The query took too long. */
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

    /** Returns the kind of failure. */
    public Reason reason() {
        return reason;
    }
}
