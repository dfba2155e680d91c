package io.webwatch.ring;

/** Validates the suite: a queue that is known to be correct passes it. */
class JctoolsSanityTest extends QueueSanity {
    @Override
    BoundedQueue queue(int capacity) {
        return BoundedQueue.jctools(capacity);
    }
}
