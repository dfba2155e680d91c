package io.webwatch.ring;

import java.util.ArrayDeque;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The ring is linearizable: each tested interleaving is equivalent to some sequence of complete calls. Taking an element
 * waits for a claimed slot to be stored, as {@code await} does, because a single {@code drain} may find the slot empty
 * although a later offer has returned.
 */
@Timeout(60)
public class SubmissionRingLincheckTest {
    private static final int CAPACITY = 2;
    private static final int MAX_BYTES = 4;

    @Test
    void ring_isLinearizable_inEveryInterleavingOfTheModelChecker() {
        new ModelCheckingOptions()
                .sequentialSpecification(Specification.class)
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(2)
                .actorsAfter(2)
                .iterations(8)
                .invocationsPerIteration(400)
                .check(Operations.class);
    }

    @Test
    void ring_isLinearizable_underStress() {
        new StressOptions()
                .sequentialSpecification(Specification.class)
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(2)
                .iterations(10)
                .invocationsPerIteration(2_000)
                .check(Operations.class);
    }

    @Param(name = "value", gen = IntGen.class, conf = "1:9")
    @Param(name = "bytes", gen = IntGen.class, conf = "0:3")
    public static class Operations {
        private final SubmissionRing<Sized<Integer>> ring = Sized.ring(CAPACITY, MAX_BYTES);
        private int taken;

        @Operation
        public Offer offer(@Param(name = "value") int value, @Param(name = "bytes") int bytes) {
            return ring.offer(new Sized<>(value, bytes));
        }

        @Operation
        public void close() {
            ring.close();
        }

        @Operation(nonParallelGroup = "consumer")
        public int take() {
            taken = 0;
            while (ring.size() > 0 && ring.drain(element -> taken = element.value(), 1) == 0) {
                Thread.onSpinWait();
            }
            return taken;
        }

        @Operation
        public int size() {
            return ring.size();
        }

        @Operation
        public long bytes() {
            return ring.bytes();
        }

        @Operation
        public boolean isDrained() {
            return ring.isDrained();
        }
    }

    public static class Specification {
        private final ArrayDeque<int[]> elements = new ArrayDeque<>();
        private boolean closed;

        public Offer offer(int value, int bytes) {
            if (closed) {
                return Offer.CLOSED;
            }
            if (elements.size() == CAPACITY || bytes() + bytes > MAX_BYTES) {
                return Offer.FULL;
            }
            elements.add(new int[] {value, bytes});
            return Offer.ACCEPTED;
        }

        public void close() {
            closed = true;
        }

        public int take() {
            int[] element = elements.poll();
            return element == null ? 0 : element[0];
        }

        public int size() {
            return elements.size();
        }

        public long bytes() {
            return elements.stream().mapToLong(element -> element[1]).sum();
        }

        public boolean isDrained() {
            return closed && elements.isEmpty();
        }
    }
}
