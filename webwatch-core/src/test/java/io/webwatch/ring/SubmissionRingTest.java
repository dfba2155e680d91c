package io.webwatch.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionRingTest {
    private final SubmissionRing<String> ring = new SubmissionRing<>(8, 100);

    @Test
    void offer_beyondTheBytes_isFullUntilEnoughIsDrained() {
        assertThat(ring.offer("a", 60)).isEqualTo(Offer.ACCEPTED);
        assertThat(ring.offer("b", 40)).isEqualTo(Offer.ACCEPTED);
        assertThat(ring.offer("c", 1)).isEqualTo(Offer.FULL);
        assertThat(ring.offer("free", 0)).isEqualTo(Offer.ACCEPTED);
        assertThat(ring.bytes()).isEqualTo(100);

        assertThat(drained(1)).containsExactly("a");
        assertThat(ring.bytes()).isEqualTo(40);
        assertThat(ring.offer("c", 61)).isEqualTo(Offer.FULL);
        assertThat(ring.offer("c", 60)).isEqualTo(Offer.ACCEPTED);
        assertThat(drained(10)).containsExactly("b", "free", "c");
        assertThat(ring.bytes()).isZero();
    }

    @Test
    void offer_ofMoreThanAllBytes_isAlwaysFull() {
        assertThat(ring.offer("a", 101)).isEqualTo(Offer.FULL);
        assertThat(ring.offer("a", Integer.MAX_VALUE)).isEqualTo(Offer.FULL);
        assertThat(ring.size()).isZero();
        assertThat(ring.offer("a", 100)).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void sumOfBytes_mayWrapAroundItsWidth() {
        SubmissionRing<String> large = new SubmissionRing<>(4, Integer.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            assertThat(large.offer("a", 1_500_000_000)).isEqualTo(Offer.ACCEPTED);
            assertThat(large.offer("b", 700_000_000)).isEqualTo(Offer.FULL);
            assertThat(large.offer("b", Integer.MAX_VALUE - 1_500_000_000)).isEqualTo(Offer.ACCEPTED);
            assertThat(large.bytes()).isEqualTo(Integer.MAX_VALUE);
            assertThat(large.drain(element -> {}, 2)).isEqualTo(2);
            assertThat(large.bytes()).isZero();
        }
    }

    @Test
    void bytes_ofALargeRing_becomeFreeByStepsOfEight_orWhenItIsEmpty() {
        SubmissionRing<String> large = new SubmissionRing<>(4096, 1_000);
        for (int i = 0; i < 10; i++) {
            assertThat(large.offer("a", 100)).isEqualTo(Offer.ACCEPTED);
        }
        large.drain(element -> {}, 7);
        assertThat(large.bytes()).isEqualTo(1_000);
        assertThat(large.offer("a", 1)).isEqualTo(Offer.FULL);
        large.drain(element -> {}, 1);
        assertThat(large.bytes()).isEqualTo(200);
        assertThat(large.offer("a", 801)).isEqualTo(Offer.FULL);
        large.drain(element -> {}, 2);
        assertThat(large.bytes()).isZero();
        assertThat(large.offer("a", 1_000)).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void close_refusesLaterOffers_andKeepsWhatIsInside() {
        ring.offer("a", 1);
        ring.offer("b", 1);
        ring.close();
        ring.close();
        assertThat(ring.offer("c", 1)).isEqualTo(Offer.CLOSED);
        assertThat(ring.size()).isEqualTo(2);
        assertThat(ring.isDrained()).isFalse();
        assertThat(drained(1)).containsExactly("a");
        assertThat(ring.isDrained()).isFalse();
        assertThat(drained(10)).containsExactly("b");
        assertThat(ring.isDrained()).isTrue();
        assertThat(ring.offer("c", 1)).isEqualTo(Offer.CLOSED);
    }

    @Test
    void openRing_isNeverDrained() {
        assertThat(ring.isDrained()).isFalse();
    }

    @Test
    void consumerThatThrows_losesItsElementAlone() {
        ring.offer("a", 10);
        ring.offer("b", 20);
        ring.offer("c", 30);
        List<String> seen = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("b");
        assertThatThrownBy(() -> ring.drain(
                        element -> {
                            if (element.equals("b")) {
                                throw failure;
                            }
                            seen.add(element);
                        },
                        10))
                .isSameAs(failure);
        assertThat(ring.size()).isEqualTo(1);
        assertThat(ring.bytes()).isEqualTo(30);
        ring.drain(seen::add, 10);
        assertThat(seen).containsExactly("a", "c");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, capacity 0", "-1, 1, capacity -1", "1073741825, 1, capacity 1073741825", "1, 0, maxBytes 0"})
    void constructor_refusesWhatIsOutOfRange(int capacity, long maxBytes, String message) {
        assertThatThrownBy(() -> new SubmissionRing<>(capacity, maxBytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void constructor_refusesMoreBytesThanTheSumCanTell() {
        assertThatThrownBy(() -> new SubmissionRing<>(1, 1L << 31)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void offer_ofNegativeBytes_throws() {
        assertThatThrownBy(() -> ring.offer("a", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ring.size()).isZero();
    }

    @Test
    void toString_tellsFillAndBounds() {
        ring.offer("a", 10);
        assertThat(ring).hasToString("SubmissionRing[1/8 elements, 10/100 bytes]");
        ring.close();
        assertThat(ring).hasToString("SubmissionRing[1/8 elements, 10/100 bytes, closed]");
    }

    private List<String> drained(int limit) {
        List<String> elements = new ArrayList<>();
        ring.drain(elements::add, limit);
        return elements;
    }
}
