package io.webwatch.wire;

/** A body that is no batch of the wire protocol; nothing of it was taken. The message is a sentence for the client. */
public final class MalformedBatchException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedBatchException(String message) {
        super(message, null, false, false); // a client's fault: no stack trace to pay for
    }
}
