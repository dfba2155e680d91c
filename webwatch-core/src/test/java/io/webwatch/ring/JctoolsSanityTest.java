package io.webwatch.ring;

/** Shows that the suite asks for nothing peculiar: a queue known to be right passes it. */
class JctoolsSanityTest extends QueueSanity {
    @Override
    BoundedQueue queue(int capacity) {
        return BoundedQueue.jctools(capacity);
    }
}
