package io.webwatch.wire;

/** Thrown for a body that is not a valid batch; none of its events was accepted. The message is meant for the client. */
public final class MalformedBatchException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedBatchException(String message) {
        super(message, null, false, false); // caused by the client, so a stack trace would only cost time
    }
}
