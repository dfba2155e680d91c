package io.webwatch.ring;

import java.util.function.Consumer;
import org.jctools.queues.MpscArrayQueue;

/** The operations that the ring and a queue of JCTools have in common, so that one suite can test both. */
interface BoundedQueue {
    boolean offer(Integer element);

    int drain(Consumer<Integer> consumer, int limit);

    int size();

    int capacity();

    static BoundedQueue ring(int capacity) {
        SubmissionRing<Integer> ring = new SubmissionRing<>(capacity, Integer.MAX_VALUE, element -> 1);
        return new BoundedQueue() {
            @Override
            public boolean offer(Integer element) {
                return ring.offer(element) == Offer.ACCEPTED;
            }

            @Override
            public int drain(Consumer<Integer> consumer, int limit) {
                return ring.drain(consumer, limit);
            }

            @Override
            public int size() {
                return ring.size();
            }

            @Override
            public int capacity() {
                return ring.capacity();
            }
        };
    }

    static BoundedQueue jctools(int capacity) {
        MpscArrayQueue<Integer> queue = new MpscArrayQueue<>(capacity);
        return new BoundedQueue() {
            @Override
            public boolean offer(Integer element) {
                return queue.offer(element);
            }

            @Override
            public int drain(Consumer<Integer> consumer, int limit) {
                return queue.drain(consumer::accept, limit);
            }

            @Override
            public int size() {
                return queue.size();
            }

            @Override
            public int capacity() {
                return queue.capacity();
            }
        };
    }
}
