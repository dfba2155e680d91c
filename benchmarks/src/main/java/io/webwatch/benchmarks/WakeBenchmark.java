package io.webwatch.benchmarks;

import io.webwatch.ring.Offer;
import io.webwatch.ring.SubmissionRing;
import io.webwatch.runtime.DaemonThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures publishing to a parked consumer: the cost of the offer that wakes it, and the average cost if the consumer is
 * only woken by every 512th element.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WakeBenchmark {
    /** A consumer that parks until the given number of elements is waiting. */
    public abstract static class Parking {
        private final SubmissionRing<Object> ring =
                new SubmissionRing<>(RingBenchmark.CAPACITY, Integer.MAX_VALUE, RingBenchmark::bytes);
        private final Object element = new Object();
        private final Thread consumer;

        Parking(int elements) {
            consumer = DaemonThreads.create("consumer", () -> {
                while (!ring.isDrained()) {
                    ring.await(elements, Long.MAX_VALUE);
                    ring.drain(drained -> {}, RingBenchmark.DRAIN_LIMIT);
                }
            });
            consumer.start();
        }

        final Offer publish() {
            return ring.offer(element);
        }

        final void awaitParked() {
            while (ring.size() > 0 || LockSupport.getBlocker(consumer) != ring) {
                Thread.yield();
            }
        }

        @TearDown
        public void close() throws InterruptedException {
            ring.close();
            consumer.join();
        }
    }

    /** A consumer that is woken by each element. */
    @State(Scope.Benchmark)
    public static class WokenByEach extends Parking {
        public WokenByEach() {
            super(1);
        }

        @Setup(Level.Invocation)
        public void park() {
            awaitParked();
        }
    }

    /** A consumer that is woken by every 512th element. */
    @State(Scope.Benchmark)
    public static class WokenByMany extends Parking {
        public WokenByMany() {
            super(512);
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Offer offerThatWakes(WokenByEach state) {
        return state.publish();
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public Offer offerToAParkingConsumer(WokenByMany state) {
        return state.publish();
    }
}
