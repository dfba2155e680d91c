package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UniqueTimesTest {
    private static final long START = 1_767_225_600_000L;

    @Test
    void assign_ofOneMillisecond_isUniqueForAMillionEvents() {
        UniqueTimes times = new UniqueTimes(7, START);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 1_000_000; i++) {
            seen.add(times.assign(START + 5));
        }
        assertThat(seen).hasSize(1_000_000);
    }

    @Test
    void assign_withRoom_keepsTheMillisecondAndTheSlot() {
        UniqueTimes times = new UniqueTimes(7, START);
        assertThat(times.assign(START + 5)).isEqualTo((START + 5) * 1_000_000 + 7);
        assertThat(times.assign(START + 5)).isEqualTo((START + 5) * 1_000_000 + 1_007);
        assertThat(times.assign(START + 4)).isEqualTo((START + 4) * 1_000_000 + 7);
    }

    @Test
    void assign_ofAFullMillisecond_takesTheNextOneWithRoom() {
        UniqueTimes times = new UniqueTimes(0, START);
        for (int i = 0; i < 1_000; i++) {
            times.assign(START);
            times.assign(START + 1);
        }
        assertThat(times.assign(START)).isEqualTo((START + 2) * 1_000_000);
    }

    @Test
    void assign_beforeTheBeginning_isPlacedAtTheBeginning() {
        UniqueTimes times = new UniqueTimes(0, START);
        assertThat(times.assign(START - 60_000)).isEqualTo(START * 1_000_000);
    }

    @Test
    void assign_ofScatteredTimesOverHours_neverRepeats() {
        UniqueTimes times = new UniqueTimes(999, START);
        Random random = new Random(42);
        Set<Long> seen = new HashSet<>();
        long now = START;
        for (int i = 0; i < 500_000; i++) {
            now += random.nextInt(60);
            long late = random.nextInt(10) == 0 ? random.nextInt(3_600_000) : random.nextInt(2_000);
            seen.add(times.assign(now - late));
        }
        assertThat(seen).hasSize(500_000);
    }
}
