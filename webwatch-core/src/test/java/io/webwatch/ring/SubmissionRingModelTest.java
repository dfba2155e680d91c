package io.webwatch.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Any sequence of calls by one thread behaves like a deque with a sum of bytes. */
class SubmissionRingModelTest {
    private static final int MAX_BYTES = 100;

    @Property(tries = 2_000)
    void ring_behavesLikeTheModel(
            @ForAll @IntRange(min = 1, max = 20) int capacity, @ForAll("calls") List<Call> calls) {
        SubmissionRing<Element> ring = new SubmissionRing<>(capacity, MAX_BYTES, Element::bytes);
        Model model = new Model(ring.capacity());
        for (Call call : calls) {
            assertThat(call.on(ring)).as("%s", call).isEqualTo(call.on(model));
            assertThat(ring.size()).isEqualTo(model.elements.size());
            assertThat(ring.bytes()).isEqualTo(model.bytes());
            assertThat(ring.isDrained()).isEqualTo(model.closed && model.elements.isEmpty());
        }
    }

    @Provide
    Arbitrary<List<Call>> calls() {
        Arbitrary<Call> offers = Arbitraries.integers()
                .between(0, MAX_BYTES + 1)
                .withDistribution(RandomDistribution.biased())
                .map(OfferCall::new);
        Arbitrary<Call> drains = Arbitraries.integers().between(-1, 25).map(DrainCall::new);
        Arbitrary<Call> failing = Arbitraries.integers().between(0, 3).map(FailingDrainCall::new);
        Arbitrary<Call> awaits = Arbitraries.integers().between(1, 25).map(AwaitCall::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(60, offers),
                        Tuple.of(20, drains),
                        Tuple.of(5, failing),
                        Tuple.of(5, awaits),
                        Tuple.of(1, Arbitraries.just(new CloseCall())))
                .list()
                .ofMaxSize(200);
    }

    record Element(int bytes) {}

    /** Returns the result of a call in a form that can be compared. */
    sealed interface Call {
        Object on(SubmissionRing<Element> ring);

        Object on(Model model);
    }

    record OfferCall(int bytes) implements Call {
        @Override
        public Object on(SubmissionRing<Element> ring) {
            return ring.offer(new Element(bytes));
        }

        @Override
        public Object on(Model model) {
            return model.offer(new Element(bytes));
        }
    }

    record DrainCall(int limit) implements Call {
        @Override
        public Object on(SubmissionRing<Element> ring) {
            List<Element> drained = new ArrayList<>();
            assertThat(ring.drain(drained::add, limit)).isEqualTo(drained.size());
            return drained;
        }

        @Override
        public Object on(Model model) {
            return model.drain(limit);
        }
    }

    /** The consumer throws after {@code good} elements. */
    record FailingDrainCall(int good) implements Call {
        @Override
        public Object on(SubmissionRing<Element> ring) {
            List<Element> drained = new ArrayList<>();
            try {
                ring.drain(
                        element -> {
                            drained.add(element);
                            if (drained.size() > good) {
                                throw new IllegalStateException("consumer");
                            }
                        },
                        Integer.MAX_VALUE);
            } catch (IllegalStateException e) {
                assertThat(drained).hasSize(good + 1);
            }
            return drained;
        }

        @Override
        public Object on(Model model) {
            return model.drain(good + 1);
        }
    }

    record AwaitCall(int elements) implements Call {
        @Override
        public Object on(SubmissionRing<Element> ring) {
            return ring.await(elements, 0);
        }

        @Override
        public Object on(Model model) {
            return model.closed || model.elements.size() >= Math.min(elements, model.capacity);
        }
    }

    record CloseCall() implements Call {
        @Override
        public Object on(SubmissionRing<Element> ring) {
            ring.close();
            return "closed";
        }

        @Override
        public Object on(Model model) {
            model.closed = true;
            return "closed";
        }
    }

    static final class Model {
        private final int capacity;
        private final ArrayDeque<Element> elements = new ArrayDeque<>();
        private boolean closed;

        Model(int capacity) {
            this.capacity = capacity;
        }

        long bytes() {
            return elements.stream().mapToLong(Element::bytes).sum();
        }

        Offer offer(Element element) {
            if (closed) {
                return Offer.CLOSED;
            }
            if (elements.size() == capacity || bytes() + element.bytes() > MAX_BYTES) {
                return Offer.FULL;
            }
            elements.add(element);
            return Offer.ACCEPTED;
        }

        List<Element> drain(int limit) {
            List<Element> drained = new ArrayList<>();
            while (drained.size() < limit && !elements.isEmpty()) {
                drained.add(elements.remove());
            }
            return drained;
        }
    }
}
