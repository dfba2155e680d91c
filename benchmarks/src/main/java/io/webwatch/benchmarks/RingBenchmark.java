package io.webwatch.benchmarks;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.webwatch.ring.Offer;
import io.webwatch.ring.SubmissionRing;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.Control;

/**
 * Measures accepted elements per second while one consumer drains. For every peer an operation is one accepted element. A
 * refused offer is retried within the operation, after a yield, since there may be more threads than processors. The rates
 * of the drain methods count calls and are meaningless.
 *
 * <p>Elements are allocated once, so that only their transfer is measured.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RingBenchmark {
    static final int CAPACITY = 1 << 16;
    static final int DRAIN_LIMIT = 1024;

    static int bytes(Object element) {
        return 1_000;
    }

    /** The element that a thread publishes. */
    @State(Scope.Thread)
    public static class Element {
        private final Object value = new Object();
    }

    /** What the consumer does if the ring is empty: poll again immediately, or work for a moment. */
    @State(Scope.Thread)
    public static class Consumer {
        @Param({"0", "500"})
        public int idle;

        void idleUnless(boolean busy) {
            if (!busy) {
                Blackhole.consumeCPU(idle);
            }
        }
    }

    @State(Scope.Group)
    public static class WebWatchState {
        private final SubmissionRing<Object> ring =
                new SubmissionRing<>(CAPACITY, Integer.MAX_VALUE, RingBenchmark::bytes);
    }

    @Benchmark
    @Group("webwatch")
    @GroupThreads(1)
    public void publishToWebWatch(WebWatchState state, Element element, Control control) {
        while (state.ring.offer(element.value) != Offer.ACCEPTED && !control.stopMeasurement) {
            Thread.yield();
        }
    }

    @Benchmark
    @Group("webwatch")
    @GroupThreads(1)
    public void drainWebWatch(WebWatchState state, Consumer consumer, Blackhole blackhole) {
        consumer.idleUnless(state.ring.drain(blackhole::consume, DRAIN_LIMIT) > 0);
    }

    @State(Scope.Group)
    public static class JctoolsState {
        private final MpscArrayQueue<Object> queue = new MpscArrayQueue<>(CAPACITY);
    }

    @Benchmark
    @Group("jctools")
    @GroupThreads(1)
    public void publishToJctools(JctoolsState state, Element element, Control control) {
        while (!state.queue.offer(element.value) && !control.stopMeasurement) {
            Thread.yield();
        }
    }

    @Benchmark
    @Group("jctools")
    @GroupThreads(1)
    public void drainJctools(JctoolsState state, Consumer consumer, Blackhole blackhole) {
        consumer.idleUnless(state.queue.drain(blackhole::consume, DRAIN_LIMIT) > 0);
    }

    /** The Disruptor's slot. */
    static final class Slot {
        private @Nullable Object value;
    }

    @State(Scope.Group)
    public static class DisruptorState {
        private static final EventTranslatorOneArg<Slot, Object> STORE = (slot, sequence, value) -> slot.value = value;

        private final RingBuffer<Slot> ring =
                RingBuffer.createMultiProducer(Slot::new, CAPACITY, new YieldingWaitStrategy());
        private final EventPoller<Slot> poller = ring.newPoller();

        public DisruptorState() {
            ring.addGatingSequences(poller.getSequence());
        }
    }

    @Benchmark
    @Group("disruptor")
    @GroupThreads(1)
    public void publishToDisruptor(DisruptorState state, Element element, Control control) {
        while (!state.ring.tryPublishEvent(DisruptorState.STORE, element.value) && !control.stopMeasurement) {
            Thread.yield();
        }
    }

    @Benchmark
    @Group("disruptor")
    @GroupThreads(1)
    public void drainDisruptor(DisruptorState state, Consumer consumer, Blackhole blackhole) throws Exception {
        EventPoller.PollState result = state.poller.poll((slot, sequence, endOfBatch) -> {
            blackhole.consume(slot.value);
            // Like a queue, so that the element can be garbage-collected.
            slot.value = null;
            return true;
        });
        consumer.idleUnless(result == EventPoller.PollState.PROCESSING);
    }
}
