package io.webwatch.ring;

class SubmissionRingSanityTest extends QueueSanity {
    @Override
    BoundedQueue queue(int capacity) {
        return BoundedQueue.ring(capacity);
    }
}
