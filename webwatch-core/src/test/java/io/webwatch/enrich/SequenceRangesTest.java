package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SequenceRangesTest {
    @Property(tries = 300)
    void add_ofAnything_agreesWithASet(@ForAll @Size(max = 300) List<@IntRange(max = 100) Integer> numbers) {
        SequenceRanges ranges = new SequenceRanges();
        Set<Integer> model = new HashSet<>();
        for (int number : numbers) {
            assertThat(ranges.add(number)).isEqualTo(model.add(number));
        }
    }

    @Property(tries = 300)
    void forget_ofAnything_agreesWithASet(@ForAll @Size(max = 300) List<@IntRange(min = -60, max = 60) Integer> steps)
            throws IOException {
        SequenceRanges ranges = new SequenceRanges();
        Set<Integer> model = new HashSet<>();
        for (int step : steps) { // negative: forget
            if (step < 0) {
                ranges.forget(-step);
                model.remove(-step);
            } else {
                assertThat(ranges.add(step)).isEqualTo(model.add(step));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ranges.write(new DataOutputStream(bytes));
        SequenceRanges stored = new SequenceRanges();
        stored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        for (int number = 0; number <= 60; number++) {
            assertThat(stored.add(number)).isEqualTo(model.add(number));
        }
    }

    @Test
    void add_ofScatteredNumbers_staysBoundedAndForgetsTheLowest() {
        SequenceRanges ranges = new SequenceRanges();
        for (int i = 0; i < 1_000; i++) {
            assertThat(ranges.add(i * 2)).isTrue();
        }
        assertThat(ranges.add(1_998)).isFalse();
        assertThat(ranges.add(1_998 - 2 * 63)).isFalse();
        assertThat(ranges.add(0)).as("the lowest ranges are forgotten").isTrue();
    }
}
