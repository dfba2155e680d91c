package io.webwatch.test.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.webwatch.sink.EventBatch;
import io.webwatch.sink.WriteResult;
import java.util.HashSet;
import java.util.Set;

/** Assertions on the results of writes. */
final class Results {
    private Results() {}

    static void assertWritten(WriteResult result) {
        assertTrue(result.isWritten(), () -> "Expected everything to be written, got " + result);
    }

    /** Asserts that no event of the batch was rejected. */
    static void assertNoneRejected(EventBatch batch, WriteResult result) {
        assertWellFormed(batch, result);
        result.failures().stream()
                .filter(failure -> !failure.retriable())
                .findFirst()
                .ifPresent(failure -> fail("Rejected, although a retry can succeed: " + failure));
    }

    /** Asserts that exactly the events with the given indices were rejected, and all others were written. */
    static void assertRejected(Set<Integer> indices, EventBatch batch, WriteResult result) {
        assertWellFormed(batch, result);
        assertFalse(result.isAllRetriable(), () -> "Reported as retriable, although it can never succeed: " + result);
        Set<Integer> rejected = new HashSet<>();
        for (WriteResult.Failure failure : result.failures()) {
            assertFalse(
                    failure.retriable(),
                    () -> "Reported as retriable, although it was written or can never succeed: " + failure);
            rejected.add(failure.index());
        }
        assertEquals(indices, rejected, "Indices of the rejected events");
    }

    private static void assertWellFormed(EventBatch batch, WriteResult result) {
        Set<Integer> indices = new HashSet<>();
        for (WriteResult.Failure failure : result.failures()) {
            assertTrue(
                    failure.index() >= 0 && failure.index() < batch.size(),
                    () -> "The index is outside of the batch: " + failure);
            assertTrue(indices.add(failure.index()), () -> "The index is reported twice: " + failure);
            assertFalse(failure.reason().isBlank(), () -> "The reason is missing: " + failure);
        }
    }
}
