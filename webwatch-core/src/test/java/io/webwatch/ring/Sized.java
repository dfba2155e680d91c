package io.webwatch.ring;

/** An element with a given number of bytes. */
record Sized<T>(T value, int bytes) {
    static <T> SubmissionRing<Sized<T>> ring(int capacity, long maxBytes) {
        return new SubmissionRing<>(capacity, maxBytes, Sized::bytes);
    }
}
