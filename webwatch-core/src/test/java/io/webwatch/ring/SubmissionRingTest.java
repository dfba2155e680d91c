package io.webwatch.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionRingTest {
    private final SubmissionRing<Sized<String>> ring = Sized.ring(8, 100);

    @Test
    void offer_beyondTheBytes_isFullUntilEnoughIsDrained() {
        assertThat(ring.offer(new Sized<>("a", 60))).isEqualTo(Offer.ACCEPTED);
        assertThat(ring.offer(new Sized<>("b", 40))).isEqualTo(Offer.ACCEPTED);
        assertThat(ring.offer(new Sized<>("c", 1))).isEqualTo(Offer.FULL);
        assertThat(ring.offer(new Sized<>("free", 0))).isEqualTo(Offer.ACCEPTED);
        assertThat(ring.bytes()).isEqualTo(100);

        assertThat(drained(1)).containsExactly("a");
        assertThat(ring.bytes()).isEqualTo(40);
        assertThat(ring.offer(new Sized<>("c", 61))).isEqualTo(Offer.FULL);
        assertThat(ring.offer(new Sized<>("c", 60))).isEqualTo(Offer.ACCEPTED);
        assertThat(drained(10)).containsExactly("b", "free", "c");
        assertThat(ring.bytes()).isZero();
    }

    @Test
    void offer_ofMoreThanAllBytes_isAlwaysFull() {
        assertThat(ring.offer(new Sized<>("a", 101))).isEqualTo(Offer.FULL);
        assertThat(ring.offer(new Sized<>("a", Integer.MAX_VALUE))).isEqualTo(Offer.FULL);
        assertThat(ring.size()).isZero();
        assertThat(ring.offer(new Sized<>("a", 100))).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void sumOfBytes_mayWrapAroundItsWidth() {
        SubmissionRing<Sized<String>> large = Sized.ring(4, Integer.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            assertThat(large.offer(new Sized<>("a", 1_500_000_000))).isEqualTo(Offer.ACCEPTED);
            assertThat(large.offer(new Sized<>("b", 700_000_000))).isEqualTo(Offer.FULL);
            assertThat(large.offer(new Sized<>("b", Integer.MAX_VALUE - 1_500_000_000)))
                    .isEqualTo(Offer.ACCEPTED);
            assertThat(large.bytes()).isEqualTo(Integer.MAX_VALUE);
            assertThat(large.drain(element -> {}, 2)).isEqualTo(2);
            assertThat(large.bytes()).isZero();
        }
    }

    @Test
    void bytes_areFreedElementByElement() {
        SubmissionRing<Sized<String>> large = Sized.ring(4096, 1_000);
        for (int i = 0; i < 10; i++) {
            assertThat(large.offer(new Sized<>("a", 100))).isEqualTo(Offer.ACCEPTED);
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(large.offer(new Sized<>("a", 1))).isEqualTo(Offer.FULL);
            large.drain(element -> {}, 1);
            assertThat(large.bytes()).isEqualTo(900);
            assertThat(large.offer(new Sized<>("a", 101))).isEqualTo(Offer.FULL);
            assertThat(large.offer(new Sized<>("a", 100))).isEqualTo(Offer.ACCEPTED);
        }
        assertThat(large.size()).isEqualTo(10);
    }

    @Test
    void close_refusesLaterOffers_andKeepsTheElements() {
        ring.offer(new Sized<>("a", 1));
        ring.offer(new Sized<>("b", 1));
        ring.close();
        ring.close();
        assertThat(ring.offer(new Sized<>("c", 1))).isEqualTo(Offer.CLOSED);
        assertThat(ring.size()).isEqualTo(2);
        assertThat(ring.isDrained()).isFalse();
        assertThat(drained(1)).containsExactly("a");
        assertThat(ring.isDrained()).isFalse();
        assertThat(drained(10)).containsExactly("b");
        assertThat(ring.isDrained()).isTrue();
        assertThat(ring.offer(new Sized<>("c", 1))).isEqualTo(Offer.CLOSED);
    }

    @Test
    void openRing_isNeverDrained() {
        assertThat(ring.isDrained()).isFalse();
    }

    @Test
    void consumerThatThrows_losesOnlyItsElement() {
        ring.offer(new Sized<>("a", 10));
        ring.offer(new Sized<>("b", 20));
        ring.offer(new Sized<>("c", 30));
        List<String> seen = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("b");
        assertThatThrownBy(() -> ring.drain(
                        element -> {
                            if (element.value().equals("b")) {
                                throw failure;
                            }
                            seen.add(element.value());
                        },
                        10))
                .isSameAs(failure);
        assertThat(ring.size()).isEqualTo(1);
        assertThat(ring.bytes()).isEqualTo(30);
        ring.drain(element -> seen.add(element.value()), 10);
        assertThat(seen).containsExactly("a", "c");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, capacity 0", "-1, 1, capacity -1", "536870913, 1, capacity 536870913", "1, 0, maxBytes 0"})
    void constructor_refusesArgumentsOutOfRange(int capacity, long maxBytes, String message) {
        assertThatThrownBy(() -> Sized.ring(capacity, maxBytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void constructor_refusesMoreBytesThanTheSumCanHold() {
        assertThatThrownBy(() -> Sized.ring(1, 1L << 31)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void offer_ofNegativeBytes_throws() {
        assertThatThrownBy(() -> ring.offer(new Sized<>("a", -1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(ring.size()).isZero();
    }

    @Test
    void toString_containsFillLevelAndBounds() {
        ring.offer(new Sized<>("a", 10));
        assertThat(ring).hasToString("SubmissionRing[1/8 elements, 10/100 bytes]");
        ring.close();
        assertThat(ring).hasToString("SubmissionRing[1/8 elements, 10/100 bytes, closed]");
    }

    private List<String> drained(int limit) {
        List<String> elements = new ArrayList<>();
        ring.drain(element -> elements.add(element.value()), limit);
        return elements;
    }
}
